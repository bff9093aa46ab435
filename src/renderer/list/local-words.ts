import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Resource } from '../../shared/catalog';
import { booleanWord } from '../../shared/conditions';
import { type Condition, modesWithoutValue } from '../../shared/local';
import { spanOf } from '../../shared/moments';
import { columnTitle, filterTitle } from '../../shared/phrases/catalog-words';
import { modeName, wordOfValue } from '../../shared/phrases/value-words';
import type { Query } from '../../shared/query';
import { shownText } from '../../shared/shown';
import type { Zone } from '../../shared/zone';
import { nameOf, useNamed } from '../common/names';
import { clock } from '../i18n';
import { type Chip, filterOf, formOfField, isFilterOnly } from '../search/chips';
import { useZone } from '../state/chosen-zone';
import { columnOf } from './columns';

/** Spans of time that are offered: of the last hour, of today, of the last days. */
export const timeSpans = ['1h', '24h', 'today', '7d', '30d'] as const;
const saidSpans = [...timeSpans, 'yesterday'] as const;

/** What a field is called: by its column, or by the filter that only the server has. */
export const fieldTitle = (t: TFunction, resource: Resource, field: string): string =>
  isFilterOnly(field)
    ? filterTitle(t, resource.id, filterOf(resource, field)?.id ?? field)
    : columnTitle(t, resource.id, field);

/** The zone that dates of a view are read in, and the one that its times are shown in. */
type Zones = { read: Zone; shown: Zone };

/** True for a date that is another time in the zone that times are shown in. */
const isOfOtherZone = (value: string, { read, shown }: Zones): boolean => {
  // Any moment does: it is the same for both.
  const [there, here] = [spanOf(value, 0, read), spanOf(value, 0, shown)];
  return there?.from !== here?.from || there?.to !== here?.to;
};

type NameOfRow = (resource: string, id: string) => string | null;

/** What a condition compares with: yes or no, another row by its name, or the text in quotation marks. */
const valueInWords = (
  t: TFunction,
  resource: Resource,
  { field, mode }: Pick<Chip, 'field' | 'mode'>,
  value: string,
  nameOfRow: NameOfRow,
  zones: Zones,
): string => {
  if (modesWithoutValue.includes(mode)) return '';
  const { form } = formOfField(resource, field);
  const isPart = mode === 'contains' || mode === 'lacks';
  const isFlag = form.kind === 'boolean' || columnOf(resource, field).kind === 'boolean';
  const flag = isFlag && !isPart ? booleanWord(value) : null;
  if (flag !== null) return t(flag ? 'common.yes' : 'common.no');
  const name = form.kind === 'reference' && !isPart ? nameOfRow(form.resource, value) : null;
  if (form.kind === 'moment' && /^\d{5,15}$/.test(value)) return clock(Number(value));
  const { words } = columnOf(resource, field);
  const named = name ?? (isPart ? null : wordOfValue(t, words, value));
  const said = `“${shownText(named ?? value, 60)}”`;
  return form.kind === 'moment' && isOfOtherZone(value, zones)
    ? t('local.inZone', { value: said, zone: zones.read })
    : said;
};

const chipInWords = (
  t: TFunction,
  resource: Resource,
  chip: Omit<Chip, 'asked'>,
  nameOfRow: NameOfRow,
  zones: Zones,
): string => {
  const { field, mode, values } = chip;
  const column = shownText(fieldTitle(t, resource, field), 60);
  const isMoment = formOfField(resource, field).form.kind === 'moment';
  const span = saidSpans.find((one) => isMoment && mode === 'is' && values[0] === one);
  const [first = ''] = values;
  if (span && !isOfOtherZone(first, zones)) return `${column} ${t(`local.spans.${span}`)}`;
  return t('local.says', {
    column,
    mode: modeName(t, columnOf(resource, field).kind, mode),
    value: values
      .map((value) => valueInWords(t, resource, chip, value, nameOfRow, zones))
      .join(t('search.orValue')),
  }).trim();
};

/** Conditions as people say them. `nameOfRow` tells what the row of an id is called; null where that is not known. */
export const conditionsInWords = (
  t: TFunction,
  resource: Resource,
  where: readonly Condition[],
  nameOfRow: NameOfRow,
  zones: Zones,
): string =>
  where
    .map(({ column, mode, value }) =>
      chipInWords(t, resource, { field: column, mode, values: [value] }, nameOfRow, zones),
    )
    .join(t('local.and'));

/** What chips say, each drawn anew when a name is known. */
export const useChipsInWords = (
  { profile, zone = 'UTC' }: Pick<Query, 'profile' | 'zone'>,
  resource: Resource,
  chips: readonly Chip[],
): string[] => {
  const { t } = useTranslation();
  const zones = { read: zone, shown: useZone() };
  const said = useNamed(() =>
    JSON.stringify(
      chips.map((chip) => chipInWords(t, resource, chip, (list, id) => nameOf(profile, list, id), zones)),
    ),
  );
  return JSON.parse(said) as string[];
};

/** The same for a component, which is drawn anew when a name is known. */
export const useConditionsInWords = (query: Query, resource: Resource): string => {
  const { t } = useTranslation();
  const { profile, where = [], zone = 'UTC' } = query;
  const zones = { read: zone, shown: useZone() };
  return useNamed(() =>
    conditionsInWords(t, resource, where, (list, id) => nameOf(profile, list, id), zones),
  );
};
