import { useEffect, useRef, useState } from 'react';
import { findOperation } from '../../shared/change/operations';
import { type Reviewed, showMade } from '../state/dialogs';
import { queries } from '../state/queries';
import { dropFirstPages } from '../state/seen-lists';
import { dropDraft, useDrafts } from './drafts';
import { useRounds } from './rounds';

/** Changes to a tenant ended: what is shown of it is asked for anew. */
export const changesEnded = (profile: string) => {
  dropFirstPages(profile);
  useRounds.setState(({ rounds }) => ({ rounds: { ...rounds, [profile]: (rounds[profile] ?? 0) + 1 } }));
  void queries.invalidateQueries({
    predicate: ({ queryKey }) => !['changes', 'preferences', 'profiles', 'app'].includes(String(queryKey[0])),
  });
  void queries.invalidateQueries({ queryKey: ['changes', 'journal', profile] });
};

/** A plan is being applied: what was edited for it is no longer unsent. */
export const noteApplied = ({ asked }: Reviewed) => {
  if (asked?.on.kind !== 'ids') return;
  const operation = findOperation(asked.operation);
  const [id] = asked.on.ids;
  if (!operation || id === undefined || asked.on.ids.length > 1) return;
  for (const [key, draft] of Object.entries(useDrafts.getState().drafts))
    if (draft.operation === operation.id && JSON.parse(key)[0] === asked.profile && JSON.parse(key)[2] === id)
      dropDraft(key);
};

type Ending = {
  id: string;
  kind: string;
  profile: string;
  state: string;
  result: unknown;
  endedAt: number | null;
};

/** Where a job's new secrets wait to be shown; null where it made none. */
const secretsOf = (result: unknown): string | null => {
  if (typeof result !== 'object' || result === null || !('run' in result) || !('secrets' in result))
    return null;
  return typeof result.run === 'string' && Number(result.secrets) > 0 ? result.run : null;
};

/** Whoever shows rows of a tenant asks for them anew when changes to it end; secrets that were made are shown. */
export const useChangesEnding = (jobs: readonly Ending[]) => {
  const [since] = useState(() => Date.now());
  const known = useRef(new Set<string>());
  useEffect(() => {
    for (const { id, kind, profile, state, result, endedAt } of jobs) {
      // One that is over sooner than anybody could see it run counts, too; those of before the page do not.
      if (kind !== 'changes' || state === 'running' || (endedAt ?? 0) < since || known.current.has(id))
        continue;
      known.current.add(id);
      changesEnded(profile);
      const run = secretsOf(result);
      if (run !== null) showMade(run);
    }
  }, [jobs, since]);
};
