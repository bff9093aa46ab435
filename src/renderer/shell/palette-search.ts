import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { LookedUp } from '../../core/router';
import { explain } from '../../shared/phrases';
import { titleInText } from '../../shared/phrases/catalog-words';
import { moment, phrases } from '../i18n';
import { api, errorOf } from '../link/api';
import type { KnownProfile } from '../state/profiles';

/** Pauses in typing after which copies, and the tenant in front, are asked, ms. */
const copiesMs = 120;
const serverMs = 200;

/** Rows that the search of a copy gives at most. */
const copyHits = 20;

/** One Latin letter is in nearly every row; one Chinese character may be a whole name. */
const isWorth = (text: string) => text.length >= 2 || /[^\p{ASCII}]/u.test(text);

export type CopyHit = Awaited<ReturnType<typeof api.mirror.search.query>>['hits'][number];

export type Searched = {
  /** Objects of the tenant in front, as its server has them. */
  objects: LookedUp['hits'];
  /** They were found for an earlier text. */
  areOld: boolean;
  /** Rows of any tenant's offline copy. */
  copies: CopyHit[];
  /** They were found for an earlier text. */
  areCopiesOld: boolean;
  /** Somebody is asked, or is about to be. */
  searching: boolean;
  /** What was not searched, and how old what answered is; empty where all was searched. */
  notes: string[];
  /** Nothing of it was left out: what was not found is not there. */
  isWhole: boolean;
};

/** Searches the tenant in front and the copies of all for what was typed, a moment after it was typed. */
export const useSearched = (
  typed: string,
  front: KnownProfile | null,
  profiles: KnownProfile[],
): Searched => {
  const { t } = useTranslation();
  const text = typed.trim();
  const [forCopies] = useDebouncedValue(text, copiesMs);
  const [forServer] = useDebouncedValue(text, serverMs);
  const ids = profiles.map(({ id }) => id);
  const kept = { retry: false, placeholderData: keepPreviousData } as const;
  const server = useQuery({
    queryKey: ['lookUp', front?.id, front?.endpoint, forServer],
    queryFn: ({ signal }) =>
      api.list.lookUp.query({ profile: front?.id ?? '', text: forServer.slice(0, 200) }, { signal }),
    enabled: isWorth(forServer) && front !== null,
    ...kept,
  });
  const copies = useQuery({
    queryKey: ['hits', ids, forCopies],
    queryFn: ({ signal }) =>
      api.mirror.search.query({ profiles: ids, text: forCopies.slice(0, 200) }, { signal }),
    enabled: isWorth(forCopies) && ids.length > 0,
    ...kept,
  });
  if (!isWorth(text)) {
    const notes = text === '' ? [] : [t('palette.short')];
    return {
      objects: [],
      areOld: false,
      copies: [],
      areCopiesOld: false,
      searching: false,
      notes,
      isWhole: false,
    };
  }
  const isAsking = (
    { isPlaceholderData, isPending, error }: typeof server | typeof copies,
    asked: string,
  ): boolean => asked !== text || ((isPending || isPlaceholderData) && !error);
  const searching =
    (front !== null && isAsking(server, forServer)) || (ids.length > 0 && isAsking(copies, forCopies));
  const nameOf = (id: string) => profiles.find((one) => one.id === id)?.name ?? id;
  const failed = server.data?.failed ?? [];
  const { hits = [], unread = 0, refused = [] } = copies.data ?? {};
  const { asOf = null, partly = false, more = false } = server.data ?? {};
  const unsearched = copies.error ? ids : refused;
  const lacking = [
    ...(front === null && profiles.length > 0 ? [t('palette.noTenant')] : []),
    ...(server.error && front
      ? [
          t('palette.serverNot', {
            tenant: front.name,
            reason: explain(phrases, errorOf(server.error)).title,
          }),
        ]
      : []),
    ...(failed.length > 0 && front
      ? [
          t('palette.listsNot', {
            tenant: front.name,
            lists: failed.map(({ resource }) => titleInText(t, resource)).join(', '),
          }),
        ]
      : []),
    ...(unsearched.length > 0
      ? [t('palette.notSearched', { tenants: unsearched.map(nameOf).join(', ') })]
      : []),
    ...(unread > 0 ? [t('palette.nothingNewest')] : []),
    ...(profiles.length > 1 ? [t('palette.othersByCopy')] : []),
    ...(partly && front ? [t('palette.asOfPartly', { tenant: front.name, time: moment(asOf ?? 0) })] : []),
  ];
  const areMoreInCopies = ids.some((id) => hits.filter(({ profile }) => profile === id).length >= copyHits);
  return {
    objects: server.data?.hits ?? [],
    areOld: server.isPlaceholderData,
    copies: hits,
    areCopiesOld: copies.isPlaceholderData,
    searching,
    notes: searching
      ? []
      : [
          ...(more || areMoreInCopies ? [t('palette.more')] : []),
          ...lacking,
          ...(asOf !== null && !partly && front
            ? [t('palette.asOf', { tenant: front.name, time: moment(asOf) })]
            : []),
        ],
    isWhole: !searching && lacking.length === 0,
  };
};
