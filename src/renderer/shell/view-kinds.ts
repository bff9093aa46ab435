import { type ComponentType, lazy } from 'react';
import type { Query } from '../../shared/query';
import type { View } from '../../shared/view';
import type { KnownProfile } from '../state/profiles';

export type ViewProps = {
  tabId: string;
  query: Query;
  /** The row whose panel is open. */
  row: string | null;
  profile: KnownProfile;
  /** It is the view in front. */
  front: boolean;
};

/** What shows views, by their kind. */
export type ViewKinds<Kind extends string = View['kind']> = Readonly<Record<Kind, ComponentType<ViewProps>>>;

export const viewKinds: ViewKinds = {
  list: lazy(async () => ({ default: (await import('../list/ListView')).ListView })),
  home: lazy(async () => ({ default: (await import('../home/HomeView')).HomeView })),
  object: lazy(async () => ({ default: (await import('../row/ObjectView')).ObjectView })),
  jobs: lazy(async () => ({ default: (await import('../jobs/JobsView')).JobsView })),
  journal: lazy(async () => ({ default: (await import('../changes/JournalView')).JournalView })),
  seen: lazy(async () => ({ default: (await import('../seen/SeenView')).SeenView })),
  single: lazy(async () => ({ default: (await import('../row/SingleView')).SingleView })),
};
