import type { ComponentType } from 'react';
import type { Query } from '../../shared/query';
import type { View } from '../../shared/view';
import { arriving } from '../common/arriving';
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
export type ViewKinds<Kind extends string = View['kind']> = Readonly<
  Record<Kind, ComponentType<ViewProps> & { arrive?: () => Promise<void> }>
>;

export const viewKinds: ViewKinds = {
  list: arriving(async () => (await import('../list/ListView')).ListView),
  home: arriving(async () => (await import('../home/HomeView')).HomeView),
  object: arriving(async () => (await import('../row/ObjectView')).ObjectView),
  jobs: arriving(async () => (await import('../jobs/JobsView')).JobsView),
  journal: arriving(async () => (await import('../changes/JournalView')).JournalView),
  seen: arriving(async () => (await import('../seen/SeenView')).SeenView),
  single: arriving(async () => (await import('../row/SingleView')).SingleView),
};
