import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { ErrorValue } from '../../shared/errors';
import { api, errorOf } from '../link/api';
import type { KnownProfile } from '../state/profiles';
import { queries } from '../state/queries';
import { turns } from './turns';

/** How long what a card says is believed, ms: it is shown with its age, and asked anew by a button. */
const staleMs = 5 * 60_000;
/** What asks many rows is asked less often. */
const dearMs = 30 * 60_000;

const ofTenant = turns(3);

type Asked = { profile: string };
type How = { signal: AbortSignal };

const questions = {
  reach: (asked: Asked, how: How) => api.home.reach.query(asked, how),
  users: (asked: Asked, how: How) => api.home.users.query(asked, how),
  organizations: (asked: Asked, how: How) => api.home.count.query({ ...asked, list: 'organizations' }, how),
  applications: (asked: Asked, how: How) => api.home.count.query({ ...asked, list: 'applications' }, how),
  logs: (asked: Asked, how: How) => api.home.count.query({ ...asked, list: 'logs' }, how),
  newUsers: (asked: Asked, how: How) => api.home.newUsers.query(asked, how),
  activeUsers: (asked: Asked, how: How) => api.home.activeUsers.query(asked, how),
  failures: (asked: Asked, how: How) => api.home.failures.query(asked, how),
  expiring: (asked: Asked, how: How) => api.home.expiring.query(asked, how),
  copy: (asked: Asked, how: How) => api.home.copy.query(asked, how),
} as const;
export type CardId = keyof typeof questions;
export type CardData = { [Id in CardId]: Awaited<ReturnType<(typeof questions)[Id]>> };
const asks: { [Id in CardId]: (asked: Asked, how: How) => Promise<CardData[Id]> } = questions;

const dear: readonly CardId[] = ['failures', 'expiring'];

/** Whether it answers is asked whenever the page is opened, but not by each step to and from it. */
const reachMs = 10_000;

const staleAfter = (card: CardId): number => {
  // What the copy has asks nobody, and grows with every list that is viewed.
  if (card === 'copy') return 0;
  if (card === 'reach') return reachMs;
  return dear.includes(card) ? dearMs : staleMs;
};

export const homeKey = (profile: string) => ['home', profile];

/** Asks a tenant anew, if it answers at all: else what is shown stays, with its age. */
export const refreshHome = async (profile: KnownProfile) => {
  const queryKey = homeKey(profile.id);
  if (profile.kind !== 'snapshot') {
    await queries.refetchQueries({ queryKey: [...queryKey, 'reach'] });
    if (queries.getQueryState([...queryKey, 'reach'])?.error) return;
  }
  await queries.refetchQueries({ queryKey, predicate: ({ queryKey: [, , card] }) => card !== 'reach' });
};

/** Nobody answers there: nothing else need be asked. */
const isSilent = ({ code }: ErrorValue) => /^(network|token|secret|keychain)\./.test(code);

/** A card that nobody answered, or the copy did, knows more of the tenant than an earlier "reachable". */
const doubtReach = (profile: string) => {
  const queryKey = [...homeKey(profile), 'reach'];
  if (queries.getQueryState(queryKey)?.fetchStatus === 'idle') void queries.invalidateQueries({ queryKey });
};

const ask = async <Id extends CardId>(
  profile: string,
  card: Id,
  signal: AbortSignal,
): Promise<CardData[Id]> => {
  try {
    const data = await ofTenant(signal, () => asks[card]({ profile }, { signal }));
    if ('copy' in data && data.copy) doubtReach(profile);
    return data;
  } catch (error) {
    if (card !== 'reach' && !signal.aborted && isSilent(errorOf(error))) doubtReach(profile);
    throw error;
  }
};

/** What one card of a tenant knows. What was learned stays, with its age, until the app is locked or the tenant is gone. */
export const useCard = <Id extends CardId>(
  profile: string,
  card: Id,
  enabled: boolean,
): UseQueryResult<CardData[Id]> =>
  useQuery({
    queryKey: [...homeKey(profile), card],
    queryFn: ({ signal }) => ask(profile, card, signal),
    enabled,
    staleTime: staleAfter(card),
    gcTime: Number.POSITIVE_INFINITY,
    // Who was not reached is asked again when somebody wants it.
    retryOnMount: false,
  });

export type Reach =
  | { state: 'asking' | 'snapshot' }
  | { state: 'reached'; ms: number; at: number }
  | { state: 'failed'; error: ErrorValue };

/** Whether a tenant answers, and whether its cards are worth asking. */
export const useReach = (
  profile: KnownProfile,
  enabled: boolean,
): { reach: Reach; asks: boolean; silent: boolean } => {
  const isSnapshot = profile.kind === 'snapshot';
  const asked = useCard(profile.id, 'reach', enabled && !isSnapshot);
  const copy = useCard(profile.id, 'copy', enabled);
  if (isSnapshot) return { reach: { state: 'snapshot' }, asks: enabled, silent: false };
  if (asked.data && !asked.error)
    return { reach: { state: 'reached', ...asked.data }, asks: enabled, silent: false };
  if (!asked.error) return { reach: { state: 'asking' }, asks: false, silent: false };
  const error = errorOf(asked.error);
  // A network that fails is what the copy is for.
  const hasCopy = error.code.startsWith('network.') && (copy.data?.seenAt ?? null) !== null;
  const silent = isSilent(error) && !hasCopy;
  return { reach: { state: 'failed', error }, asks: enabled && !silent, silent };
};
