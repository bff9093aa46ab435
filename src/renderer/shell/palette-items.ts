import type { ReactNode } from 'react';
import { pageResourceOf, resourceOf } from '../../shared/catalog';
import type { Query } from '../../shared/query';
import { rankOf, ranks } from '../../shared/rank';

/** A line of the palette. */
export type Item = {
  id: string;
  label: string;
  detail: string;
  icon: ReactNode;
  /** What it can be found by, its label aside. */
  words: readonly string[];
  /** What it is among: it is found by it, too, but after all that is called so. */
  context?: readonly string[];
  /** The keys that do it, as people read them. */
  keys?: string;
  /** Of what fits as well, the smaller one comes first. */
  weight: number;
  /** It fits what was typed so well at least: somebody searched for it. */
  found?: number;
  /** The list of the tenant in front that it opens. */
  opens?: Query;
  /** `keep`: what it opens is kept in a tab of its own. */
  act: (keep: boolean) => void;
  /** It does something, else it is a place to go to. */
  isCommand?: boolean;
};

/** Weights of what fits equally well. */
export const weights = {
  list: 0,
  object: 1,
  view: 2,
  command: 3,
  tenant: 4,
  otherObject: 5,
  otherList: 6,
} as const;

const none = ranks.other + 1;

/** Lines shown at most. */
const mostShown = 60;

/** The lines that fit what was typed: the best first, of what fits equally well the lightest, then as they came. */
export const fitting = (typed: string, items: readonly Item[]): Item[] =>
  items
    .flatMap((item, at) => {
      const { label, words, context = [], found = none } = item;
      const own = rankOf(typed, [label, ...words]);
      const among = rankOf(typed, [label, ...words, ...context]) === null ? none : ranks.other;
      const rank = Math.min(own ?? among, found);
      return rank === none ? [] : [{ item, rank, at }];
    })
    .sort((a, b) => a.rank - b.rank || a.item.weight - b.item.weight || a.at - b.at)
    .slice(0, mostShown)
    .map(({ item }) => item);

/** An object of a tenant, wherever it was found: a user is the same one in each list that has it. */
type ObjectAt = { profile: string; resource: string; parent?: string; id: string };

export const identityOf = ({ profile, resource: name, parent = '', id }: ObjectAt): string => {
  const resource = resourceOf(name);
  const page = pageResourceOf(resource);
  const isItself = resource.parent === undefined || resource.rowsOf !== undefined;
  return ['object', profile, page.id, isItself ? '' : parent, id].join('/');
};

/** Lines of objects, each object once: as it was found first, but as well as it was found anywhere. */
export const onceEach = (items: readonly Item[]): Item[] => {
  const each = new Map<string, Item>();
  for (const item of items) {
    const known = each.get(item.id);
    const found = Math.min(known?.found ?? ranks.other, item.found ?? ranks.other);
    each.set(item.id, { ...(known ?? item), found });
  }
  return [...each.values()];
};
