import type { TFunction } from 'i18next';
import type { Column, Resource } from '../../shared/catalog';
import { type Condition, type LocalMode, modesWithoutValue } from '../../shared/local';
import { shownText } from '../../shared/shown';
import { columnOf } from './columns';

/** What a comparison is called: of times, less is before. */
export const modeName = (t: TFunction, { kind }: Column, mode: LocalMode): string => {
  const isTime = kind === 'time' || kind === 'seconds';
  return isTime && (mode === 'less' || mode === 'more')
    ? t(`local.timeModes.${mode}`)
    : t(`local.modes.${mode}`);
};

/** Conditions as people say them. */
export const conditionsInWords = (t: TFunction, resource: Resource, where: readonly Condition[]): string =>
  where
    .map(({ column, mode, value }) => {
      const known = columnOf(resource, column);
      return t('local.says', {
        column: shownText(known.title, 60),
        mode: modeName(t, known, mode),
        value: modesWithoutValue.includes(mode) ? '' : `“${shownText(value, 60)}”`,
      }).trim();
    })
    .join(t('local.and'));
