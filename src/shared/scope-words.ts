import type { TFunction } from 'i18next';
import { holdsForAll, type Looked, scopeOf, scopeWords } from './scope.ts';

/** Which rows a number is about: *in the first 100 of 26,000 rows*. */
export const scopeText = (t: TFunction, looked: Looked): string => {
  const { key, count, lookedAt, total, atLeast } = scopeWords(scopeOf(looked));
  const of = atLeast ? t('scope.atLeast', { count: total }) : t('scope.exactly', { count: total });
  return t(`scope.in.${key}`, { count, lookedAt, total: of });
};

/** How many rows fit: *12 rows match*, *12 rows match so far*. */
export const countText = (t: TFunction, { matches, running }: Looked): string =>
  t(running ? 'scope.matchingSoFar' : 'scope.matching', { count: matches });

/** How many rows came since a view was opened; `capped`: there may be more. */
export const newerText = (t: TFunction, { count, capped }: { count: number; capped: boolean }): string =>
  t(capped ? 'list.newerAtLeast' : 'list.newer', { count });

/** What is said where no row fits: only of everything there is that no rows match. */
export const nothingText = (t: TFunction, looked: Looked): string => {
  if (holdsForAll(looked)) return t('scope.noMatch');
  const scope = scopeText(t, looked);
  return looked.running ? t('scope.noneSoFar', { scope }) : t('scope.none', { scope });
};
