import type { Workspace } from '../../core/router';

/** Two tabs that are shown side by side; `width`: of the left one, px, where somebody chose it. */
export type Split = NonNullable<Workspace['split']>;

/** Widths of the left one of two views, px; at least as much is left for the right one. */
export const splitWidths = { least: 320, most: 2_000 } as const;

/** True where a tab is one of the two. */
export const isInSplit = (split: Split | undefined, id: string | null): boolean =>
  id !== null && (split?.left === id || split?.right === id);

/** The tab that is shown beside the one in front; null where none is. */
export const besideOf = (split: Split | undefined, active: string | null): string | null =>
  split && isInSplit(split, active) ? (split.left === active ? split.right : split.left) : null;

/** With a tab that comes to the front: on the side where the focus is, unless it is shown already. */
export const withFront = (
  split: Split | undefined,
  active: string | null,
  id: string | null,
): Split | undefined => {
  if (!split || id === null || isInSplit(split, id)) return split;
  return active === split.right ? { ...split, right: id } : { ...split, left: id };
};

/** With a tab beside the one in front: the two of them, or in the place of what was beside it. */
export const withBeside = (split: Split | undefined, active: string, id: string): Split => {
  if (!split || !isInSplit(split, active)) return { ...split, left: active, right: id };
  return active === split.right ? { ...split, left: id } : { ...split, right: id };
};

/** Undefined once one of the two is gone. */
export const splitAmong = (split: Split | undefined, tabs: readonly { id: string }[]): Split | undefined => {
  const isThere = (id: string) => tabs.some((tab) => tab.id === id);
  return split && split.left !== split.right && isThere(split.left) && isThere(split.right)
    ? split
    : undefined;
};
