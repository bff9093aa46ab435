import { useEffect, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { pageResourceOf, resourceOf } from '../../shared/catalog';
import { booleanWord } from '../../shared/conditions';

import { type Condition, modesWithoutValue } from '../../shared/local';
import { isOwn } from '../../shared/own-view';
import { columnTitle, singularOf, titleOf } from '../../shared/phrases/catalog-words';
import { eventInWords } from '../../shared/phrases/event-words';
import { modeName, wordOfValue } from '../../shared/phrases/value-words';
import { type Query, timeSpanNames } from '../../shared/query';
import { type Row, rowLabelOf } from '../../shared/row';
import { parseLine } from '../../shared/search/line';
import { shownText } from '../../shared/shown';
import { clock, phrases } from '../i18n';
import { useZone } from '../state/chosen-zone';
import { queries } from '../state/queries';
import { keepNames, type Tab } from '../state/workspace';
import { nameOf, onNames } from './names';

/** A row that a view's address names by its id; `list`: of which list it is one. */
type Named = { list: string; id: string };

/** The rows that a view is nested under, the outer one first: below a row that is itself below another, both. */
export const parentsOf = ({ resource, parent }: Pick<Query, 'resource' | 'parent'>): Named[] => {
  if (isOwn({ resource })) return [];
  const above = resourceOf(resource).parent;
  if (!above || !parent) return [];
  const inner = resourceOf(above.resource);
  const page = pageResourceOf(inner).id;
  if (!inner.parent) return [{ list: page, id: parent }];
  const [outerId = '', id = ''] = parent.split('/');
  return [
    { list: inner.parent.resource, id: outerId },
    { list: page, id },
  ];
};

/** The list of which a filter takes an id. */
const refOf = ({ resource }: Query, filter: string): string | undefined =>
  (isOwn({ resource }) ? [] : resourceOf(resource).filters)
    .flatMap((one) => (one.id === filter && one.kind === 'exact' && one.ref ? [one.ref] : []))
    .at(0);

/** All rows that a view's address names by their ids. */
const namedIn = (query: Query): Named[] => [
  ...(query.object === undefined ? [] : [{ list: query.resource, id: query.object }]),
  ...parentsOf(query),
  ...(isOwn(query) ? [] : (query.where ?? [])).flatMap(({ column, value }) => {
    const list = resourceOf(query.resource).columns.find(({ id }) => id === column)?.ref;
    return list && value ? [{ list, id: value }] : [];
  }),
  ...Object.entries(query.filters).flatMap(([filter, values]) => {
    const list = refOf(query, filter);
    return list ? values.filter(Boolean).map((id) => ({ list, id })) : [];
  }),
];

/** A moment that is unix ms, in words; anything else as it was typed: four digits are a year. */
const momentText = (value: string): string => (/^\d{5,15}$/.test(value) ? clock(Number(value)) : value);

/** The values of a time filter as people say them. */
export const timeText = (values: readonly string[]): string => {
  const span = [...timeSpanNames, 'today' as const, 'yesterday' as const].find(
    (id) => values.length === 1 && values[0] === id,
  );
  if (span) return phrases.t(`list.time.${span}`);
  return values.map(momentText).join(' – ');
};

/** A search as a title says it: of ids it is how many they are. */
const searchText = (line: string): string => {
  const terms = parseLine(line).search?.terms ?? [];
  const ids = terms.flatMap(({ field, values }) => (field === 'id' ? values : []));
  const isById = terms.length > 0 && terms.every(({ field }) => field === 'id');
  return isById ? phrases.t('tabs.byId', { count: ids.length }) : line;
};

/** A condition in words, as a title says it. */
const conditionText = (
  { resource }: Query,
  { column: id, mode, value }: Condition,
  said: (row: Named) => string,
): string => {
  const { t } = phrases;
  const column = resourceOf(resource).columns.find((one) => one.id === id);
  const { kind, ref, words } = column ?? {};
  const flag = kind === 'boolean' ? booleanWord(value) : null;
  const isMoment = kind === 'time' || kind === 'seconds';
  const text =
    flag !== null
      ? t(flag ? 'common.yes' : 'common.no')
      : ref && mode !== 'contains' && mode !== 'lacks'
        ? said({ list: ref, id: value })
        : (wordOfValue(t, words, value) ?? (isMoment ? momentText(value) : value));
  return t('local.says', {
    column: columnTitle(t, resource, id),
    mode: modeName(t, kind, mode),
    value: modesWithoutValue.includes(mode) ? '' : text,
  }).trim();
};

/** What a view is called: its list, below which rows, and what it is filtered by. A row without a name is said by its kind. */
export const titleOfView = (query: Query, nameOfRow: (row: Named) => string | null): string => {
  const { t } = phrases;
  const said = (row: Named) => nameOfRow(row) ?? singularOf(t, row.list);
  if (query.object !== undefined)
    return shownText(eventInWords(t, said({ list: query.resource, id: query.object })), 300);
  const values = Object.entries(query.filters).flatMap(([id, chosen]) => {
    const list = refOf(query, id);
    if (id === 'time') return chosen.some(Boolean) ? [timeText(chosen)] : [];
    return chosen
      .filter(Boolean)
      .map((value) => (list ? said({ list, id: value }) : id === 'search' ? searchText(value) : value));
  });
  values.push(...(query.where ?? []).map((condition) => conditionText(query, condition, said)));
  const title = titleOf(t, query.resource);
  const parents = parentsOf(query).toReversed().map(said);
  // Whose it is comes first: what stands last is cut in a tab.
  const list = parents.length > 0 ? t('list.below', { list: title, parent: parents.join(', ') }) : title;
  return shownText(values.length > 0 ? `${list}: ${values.join(', ')}` : list, 300);
};

/** The name of a row that is known without asking: its page was looked at. */
const seenName = (profile: string, { list, id }: Named): string | null => {
  const row = queries.getQueryData<Row>(['row', profile, list, id]);
  return row ? rowLabelOf(resourceOf(list), row) : null;
};

/** Tells `listener` when other names are known, by asking for them or by a row that was looked at. */
const onTitles = (listener: () => void) => {
  const ended = [
    onNames(listener),
    queries
      .getQueryCache()
      .subscribe(({ type, query }) => type === 'updated' && query.queryKey[0] === 'row' && listener()),
  ];
  return () => {
    for (const end of ended) end();
  };
};

const noNames = {};

/** What a view is called, `names` being those that are known of ids in its address. The tenant is asked for others. */
export const useViewTitle = (query: Query, names: Tab['names'] = noNames): string => {
  // Words are another language's once it is chosen, moments another zone's.
  useTranslation();
  useZone();
  const title = () =>
    titleOfView(
      query,
      (row) =>
        seenName(query.profile, row) ?? names[row.id] ?? nameOf(query.profile, row.list, row.id) ?? null,
    );
  return useSyncExternalStore(onTitles, title, title);
};

/**
 * Keeps with a tab what ids in its address are called, as soon as that is known: its title stands over a restart. Of one
 * that was not looked at since, only what nobody knew is asked.
 */
export const useKeptNames = (tab: Tab, query: Query, visited: boolean) => {
  const found = useSyncExternalStore(onTitles, () => {
    const fresh = namedIn(query).flatMap((row) => {
      if (!visited && tab.names?.[row.id]) return [];
      const name = seenName(query.profile, row) ?? nameOf(query.profile, row.list, row.id);
      return name && name !== tab.names?.[row.id] ? [[row.id, name.slice(0, 300)] as const] : [];
    });
    return JSON.stringify(fresh);
  });
  useEffect(() => {
    const fresh = Object.fromEntries(JSON.parse(found) as [string, string][]);
    if (Object.keys(fresh).length > 0) keepNames(tab.id, fresh);
  }, [tab.id, found]);
};
