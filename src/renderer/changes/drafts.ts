import { create } from 'zustand';
import { useLocked } from '../state/lock';
import { noteLost } from '../state/unsent';
import type { Entries } from './entries';

/** Edits that were not sent, by what they are of: going to another row and back loses none. */
type State = { drafts: Readonly<Record<string, Draft>> };
type Draft = {
  operation: string;
  entries: Entries;
  /** They say something else than the row. */
  isDirty: boolean;
};

export const useDrafts = create<State>(() => ({ drafts: {} }));

/** What a draft is of. */
export const draftKey = (profile: string, resource: string, id: string): string =>
  JSON.stringify([profile, resource, id]);

export const keepDraft = (key: string, draft: Draft) =>
  useDrafts.setState(({ drafts }) => ({ drafts: { ...drafts, [key]: draft } }));

export const dropDraft = (key: string) =>
  useDrafts.setState(({ drafts }) => {
    const { [key]: _, ...others } = drafts;
    return { drafts: others };
  });

// Nothing of a tenant stays in the page behind the lock.
useLocked.subscribe(({ locked }) => {
  if (!locked) return;
  const { drafts } = useDrafts.getState();
  if (Object.values(drafts).some(({ isDirty }) => isDirty)) noteLost();
  useDrafts.setState({ drafts: {} });
});
