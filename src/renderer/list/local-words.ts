import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Column, Resource } from '../../shared/catalog';
import { booleanWord, conditionFormOf } from '../../shared/conditions';
import { type Condition, type LocalMode, modesWithoutValue } from '../../shared/local';
import { spanOf } from '../../shared/moments';
import { columnTitle } from '../../shared/phrases/catalog-words';
import type { Query } from '../../shared/query';
import { shownText } from '../../shared/shown';
import type { Zone } from '../../shared/zone';
import { nameOf, useNamed } from '../common/names';
import { useZone } from '../state/zone';
import { columnOf } from './columns';

/** What a comparison is called: of times, less is before. */
export const modeName = (t: TFunction, { kind }: Column, mode: LocalMode): string => {
  const isTime = kind === 'time' || kind === 'seconds';
  return isTime && (mode === 'less' || mode === 'more')
    ? t(`local.timeModes.${mode}`)
    : t(`local.modes.${mode}`);
};

/** The zone that dates of a view are read in, and the one that its times are shown in. */
type Zones = { read: Zone; shown: Zone };

/** True for a date that is another time in the zone that times are shown in. */
const isOfOtherZone = (value: string, { read, shown }: Zones): boolean => {
  // Any moment does: it is the same for both.
  const [there, here] = [spanOf(value, 0, read), spanOf(value, 0, shown)];
  return there?.from !== here?.from || there?.to !== here?.to;
};

/** What a condition compares with: yes or no, another row by its name, or the text in quotation marks. */
const valueInWords = (
  t: TFunction,
  resource: Resource,
  { column, mode, value }: Condition,
  nameOfRow: (resource: string, id: string) => string | null,
  zones: Zones,
): string => {
  if (modesWithoutValue.includes(mode)) return '';
  const { form } = conditionFormOf(resource, column);
  const isPart = mode === 'contains' || mode === 'lacks';
  const flag = form.kind === 'boolean' ? booleanWord(value) : null;
  if (flag !== null) return t(flag ? 'common.yes' : 'common.no');
  const name = form.kind === 'reference' && !isPart ? nameOfRow(form.resource, value) : null;
  const said = `“${shownText(name ?? value, 60)}”`;
  return form.kind === 'moment' && isOfOtherZone(value, zones)
    ? t('local.inZone', { value: said, zone: zones.read })
    : said;
};

/** Conditions as people say them. `nameOfRow` tells what the row of an id is called; null where that is not known. */
export const conditionsInWords = (
  t: TFunction,
  resource: Resource,
  where: readonly Condition[],
  nameOfRow: (resource: string, id: string) => string | null,
  zones: Zones,
): string =>
  where
    .map((condition) => {
      const known = columnOf(resource, condition.column);
      return t('local.says', {
        column: shownText(columnTitle(t, resource.id, condition.column), 60),
        mode: modeName(t, known, condition.mode),
        value: valueInWords(t, resource, condition, nameOfRow, zones),
      }).trim();
    })
    .join(t('local.and'));

/** The same for a component, which is drawn anew when a name is known. */
export const useConditionsInWords = (query: Query, resource: Resource): string => {
  const { t } = useTranslation();
  const { profile, where = [], zone = 'UTC' } = query;
  const zones = { read: zone, shown: useZone() };
  return useNamed(() =>
    conditionsInWords(t, resource, where, (list, id) => nameOf(profile, list, id), zones),
  );
};
