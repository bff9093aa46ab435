import type { Workspace } from '../../core/router';

export type Tab = Workspace['tabs'][number];

/** A tab that is no longer there, and the place that it had, from 0. */
export type Gone = { tab: Tab; at: number };

/** The tab in front; undefined where none is open. */
export const frontTab = ({ tabs, active }: Pick<Workspace, 'tabs' | 'active'>): Tab | undefined =>
  tabs.find(({ id }) => id === active);

/** A tab that is not a preview. */
export const kept = ({ preview: _, ...tab }: Tab): Tab => tab;

/** The tenant of a tab, as its address names it. */
export const profileIn = ({ url }: Pick<Tab, 'url'>): string => url.split(/[/?]/, 2)[1] ?? '';

/**
 * The tabs with one that is asked for, beside the one in front. One of the same address is shown, and is from then on kept
 * where that is asked; a preview takes the place of its tenant's preview, which is `replaced`.
 */
export const withOpened = (
  tabs: readonly Tab[],
  active: string | null,
  asked: Tab,
): { tabs: Tab[]; shown: string; replaced: Gone | null } => {
  const same = tabs.find(({ url }) => url === asked.url);
  if (same) {
    const open: Tab = { ...same, ...(asked.row ? { row: asked.row } : {}) };
    const shown = asked.preview ? open : kept(open);
    return { tabs: tabs.map((tab) => (tab === same ? shown : tab)), shown: same.id, replaced: null };
  }
  const of = profileIn(asked);
  const at = asked.preview ? tabs.findIndex((tab) => tab.preview && profileIn(tab) === of) : -1;
  const before = tabs[at];
  if (before) return { tabs: tabs.with(at, asked), shown: asked.id, replaced: { tab: before, at } };
  const front = tabs.findIndex(({ id }) => id === active);
  return { tabs: tabs.toSpliced(front + 1, 0, asked), shown: asked.id, replaced: null };
};

/**
 * The tabs with one that was gone, in its place, or at the end where there are fewer now. It is kept: what somebody asks
 * for again is not to go with the next click.
 */
export const withReopened = (tabs: readonly Tab[], { tab, at }: Gone): Tab[] =>
  tabs.toSpliced(at, 0, kept(tab));

/** The tabs with one of them at another place; a place that is none leaves them as they are. */
export const withMoved = (tabs: readonly Tab[], id: string, to: number): Tab[] => {
  const from = tabs.findIndex((tab) => tab.id === id);
  const tab = tabs[from];
  if (!tab || to < 0 || to >= tabs.length) return [...tabs];
  return tabs.toSpliced(from, 1).toSpliced(to, 0, tab);
};
