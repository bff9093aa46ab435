import type { TFunction } from 'i18next';
import { DeskError } from './errors.ts';
import { homeList } from './home-view.ts';
import { jobsList } from './jobs-view.ts';
import { journalFilters, journalList } from './journal-view.ts';
import { seenFilters, seenList } from './seen-changes.ts';

/** A view of this program's own: its address names none of the server's lists. */
export type OwnView = {
  kind: string;
  /** What its address names in the place of a list. */
  list: string;
  title(t: TFunction): string;
  /** Its title inside a sentence. */
  inText?(t: TFunction): string;
  /** By its name among those of the renderer. */
  icon: string;
  /** What it can be narrowed by. */
  filters: readonly string[];
  /** What it is called where a filter of its address is refused. */
  called: string;
};

const list = [
  {
    kind: 'home',
    list: homeList,
    title: (t) => t('home.title'),
    icon: 'home',
    filters: [],
    called: 'the home of a tenant',
  },
  {
    kind: 'jobs',
    list: jobsList,
    title: (t) => t('jobs.title'),
    icon: 'progress',
    filters: [],
    called: 'the page of jobs',
  },
  {
    kind: 'journal',
    list: journalList,
    title: (t) => t('changing.journal'),
    icon: 'journal',
    filters: journalFilters,
    called: 'the journal',
  },
  {
    kind: 'seen',
    list: seenList,
    title: (t) => t('seen.title'),
    inText: (t) => t('seen.inText'),
    icon: 'seen',
    filters: seenFilters,
    called: 'what changed on a tenant',
  },
] as const satisfies readonly OwnView[];

export type OwnKind = (typeof list)[number]['kind'];
export type OwnIcon = (typeof list)[number]['icon'];

type KnownView = OwnView & { kind: OwnKind; icon: OwnIcon };

/** The views of this program's own. A new one is an object here; what shows it, a line in the renderer's `view-kinds.ts`. */
export const ownViews: readonly KnownView[] = list;

/** The view of this program's own that an address names; undefined for a list of the server's. */
export const ownViewOf = ({ resource }: { resource: string }): KnownView | undefined =>
  ownViews.find((view) => view.list === resource);

/** True for a view of this program's own. */
export const isOwn = (query: { resource: string }): boolean => ownViewOf(query) !== undefined;

/** Throws `query.invalid` for a filter that a view of this program's own does not have. */
export const checkOwn = (query: { resource: string; filters: Readonly<Record<string, unknown>> }) => {
  const own = ownViewOf(query);
  const unknown = own && Object.keys(query.filters).find((id) => !own.filters.includes(id));
  if (unknown !== undefined)
    throw new DeskError('query.invalid', {
      where: unknown,
      reason: `${own?.called} has no filter "${unknown}"`,
    });
};
