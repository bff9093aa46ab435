import { memo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Resource } from '../../shared/catalog';
import { filterTitle, titleInText } from '../../shared/phrases/catalog-words';
import type { Query } from '../../shared/query';
import type { Row } from '../../shared/row';
import { errorOf } from '../link/api';
import { type Narrowing, withCondition } from '../search/chips';
import { type LineMistakeAt, mistakeInTyped } from '../search/line-mistake';
import { withIdOf } from '../search/named-filter';
import { SearchBox } from '../search/SearchBox';
import { pasteList } from '../state/dialogs';
import { FilterChips } from './FilterChips';
import { FilterLine, KeywordLine } from './FilterLine';
import { TimeFilter } from './TimeFilter';

type Props = {
  query: Query;
  resource: Resource;
  /** The mirror answers, for all rows; else rows are read and looked through. */
  mirrored: boolean;
  loadedRows: () => Row[];
  onChange: (narrowing: Narrowing) => void;
  /** Told of a search line that cannot be read, and with null that it is gone. */
  onMistake: (mistake: LineMistakeAt | null) => void;
};

const isSameList = (one: Query, other: Query): boolean =>
  one.profile === other.profile && one.resource === other.resource && one.parent === other.parent;

/** What the view is narrowed by: words, the time, and conditions, whoever answers them. */
export const FilterBar = memo((props: Props) => {
  const { query, resource, onChange, onMistake } = props;
  const { t } = useTranslation();
  const { profile, filters } = query;
  const latest = useRef({ query, onChange });
  latest.current = { query, onChange };
  /** Narrows the view as it is by now: what is typed is handed on after a pause. */
  const change = (ids: readonly string[], asked: Query['filters']) => {
    const now = latest.current;
    const others = Object.entries(now.query.filters).filter(([id]) => !ids.includes(id));
    now.onChange({ filters: { ...Object.fromEntries(others), ...asked }, where: now.query.where });
  };
  const set = (id: string, values: string[]) => change([id], values.length > 0 ? { [id]: values } : {});
  const onFilter: Parameters<typeof FilterLine>[0]['onFilter'] = async (entered, text, instead) => {
    try {
      const named = await withIdOf(query, resource, entered);
      const now = latest.current;
      // Another list may have come into the place of this one while its name was looked up.
      const { keyword: _, ...others } = now.query.filters;
      const from = instead ? { ...now.query, filters: others } : now.query;
      if (isSameList(now.query, query)) now.onChange(withCondition(resource, from, named));
      return null;
    } catch (error) {
      return mistakeInTyped(text, errorOf(error));
    }
  };
  const has = (kind: string) => resource.filters.some((filter) => filter.kind === kind);
  const time = resource.filters.find(({ kind }) => kind === 'time');
  return (
    <>
      {has('search') ? (
        <SearchBox
          profile={profile}
          resource={resource}
          label={t('list.keyword', { list: titleInText(t, resource.id) })}
          keyword={filters.keyword?.[0] ?? ''}
          search={filters.search?.[0] ?? ''}
          onMistake={onMistake}
          onFilter={onFilter}
          onList={resource.id === 'users' ? (text) => pasteList(profile, text) : null}
          onAsk={(asked) => {
            const [[name = '', value = ''] = []] = Object.entries(asked);
            change(['keyword', 'search'], value ? { [name]: [value] } : {});
          }}
        />
      ) : has('keyword') ? (
        <KeywordLine
          resource={resource}
          value={filters.keyword?.[0] ?? ''}
          onChange={(value) => set('keyword', value ? [value] : [])}
          onFilter={onFilter}
          onMistake={onMistake}
        />
      ) : (
        <FilterLine resource={resource} onFilter={onFilter} onMistake={onMistake} />
      )}
      {time && (
        <TimeFilter
          title={filterTitle(t, resource.id, time.id)}
          values={filters[time.id] ?? []}
          onChange={(next) => set(time.id, next)}
        />
      )}
      <FilterChips {...props} />
    </>
  );
});
