import type { ErrorValue } from '../../shared/errors.ts';
import type { MirrorOwner } from './file.ts';
import type { MirroredBelow, MirroredList } from './kept-lists.ts';
import type { SnapshotManifest } from './manifest.ts';
import type { OpeningPlaces } from './open-snapshot.ts';
import type { MirrorStore } from './store.ts';
import type { UpgradeProgress } from './upgrade.ts';

/** What is known of one tenant's mirror. `size` in bytes. */
export type MirrorAbout = {
  size: number;
  lists: MirroredList[];
  below: MirroredBelow[];
  setAside: string | null;
  /** How far a copy of an earlier program is on its way into typed columns; null for one that has them. */
  upgrading: UpgradeProgress | null;
};

const storeMethods = [
  'put',
  'copiesOf',
  'begin',
  'putCopied',
  'copiedIds',
  'discardCopies',
  'finish',
  'forgetBefore',
  'page',
  'view',
  'rowsAt',
  'counts',
  'row',
  'names',
  'joined',
  'lists',
  'search',
  'seenChanges',
  'absentPaths',
  'snapshot',
] as const;
type StoreMethod = (typeof storeMethods)[number];

export const isStoreMethod = (method: string): method is StoreMethod =>
  (storeMethods as readonly string[]).includes(method);

/** What the worker is asked: a store's own methods, and what is done to its file. */
export type MirrorCalls = Pick<MirrorStore, StoreMethod> & {
  about(): MirrorAbout;
  remove(): boolean;
  place(made: string): void;
  openSnapshot(path: string, places: OpeningPlaces, passphrase: string | null): Promise<SnapshotManifest>;
};
export type MirrorMethod = keyof MirrorCalls;

/** What a method answers, once it does. */
export type Answered<Method extends MirrorMethod> = Awaited<ReturnType<MirrorCalls[Method]>>;

/** `left`: becomes 1 when nobody waits for the answer any more. */
export type Call<Method extends MirrorMethod = MirrorMethod> = {
  id: number;
  path: string;
  owner: MirrorOwner;
  now: number;
  method: Method;
  args: Parameters<MirrorCalls[Method]>;
  left: Int32Array | null;
};

/** True for a call of a method: its arguments are that method's. */
export const isCallOf = <Method extends MirrorMethod>(call: Call, method: Method): call is Call<Method> =>
  call.method === method;

export type Answer = { id: number; value?: unknown; error?: ErrorValue; reason?: string };
