import type { i18n } from 'i18next';
import { fullTitleOf } from './phrases/catalog-words.ts';
import type { TimeBounds } from './query.ts';

/** What was found of a tenant, as far as there is something to say of it (`core/client/capabilities.ts`). */
export type FoundOfTenant = { lacking: { lists: readonly string[] } | null; timeBounds: TimeBounds | null };

/** What differs on this tenant from what this program knows, a sentence each; nothing where nothing does. */
export const capabilityWords = ({ t }: Pick<i18n, 't'>, { lacking, timeBounds }: FoundOfTenant): string[] => {
  const lists = lacking?.lists ?? [];
  return [
    timeBounds === 'ignored' ? t('capabilities.ignored') : '',
    timeBounds === 'exclusive' ? t('capabilities.exclusive') : '',
    lacking === null ? t('capabilities.undocumented') : '',
    lists.length > 0
      ? t('capabilities.lacking', {
          count: lists.length,
          lists: lists.map((list) => fullTitleOf(t, list)).join(', '),
        })
      : '',
  ].filter(Boolean);
};
