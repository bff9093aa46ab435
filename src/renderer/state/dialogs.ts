import { create } from 'zustand';
import type { HandedImport, ImportKind } from '../../shared/change/import-asked';
import type { PlanAbout, PlanAsked } from '../../shared/change/plan';
import type { AskedFirst } from '../../shared/deep-link';
import type { Counting } from '../../shared/local';
import type { Query } from '../../shared/query';
import type { Row, Unreadable } from '../../shared/row';

export type ExportRequest = {
  /** The view, with its visible columns in their order. */
  query: Query;
  until: number | null;
  /** Rows of the view before local conditions, as text. */
  total: string | null;
  /** How many rows fit the local conditions; null where there are none, or where not all rows were looked at. */
  matching: number | null;
  /** The view is the mirror's; null: the server's. */
  mirror: { asOf: number; whole: boolean } | null;
  picked: { id: string; index: number }[];
  /** Set where the rows are counted: by what. */
  counts?: Counting;
};

/** Whom something is done to. `parent` as a query has it; empty for lists that are below no row. */
export type ActingOn =
  | { kind: 'row'; id: string; parent: string; row: Row; name: string }
  | { kind: 'ids'; ids: readonly string[]; parent: string }
  | { kind: 'view'; query: Query; total: string }
  | { kind: 'pasted'; text: string }
  | { kind: 'new'; parent: string };

/** What is about to be done: an operation's id, and whom it may be done to, the first of them unless another is chosen. */
export type Acting = { profile: string; operation: string; on: readonly [ActingOn, ...ActingOn[]] };

/** Whose dossier is asked for: a user of a tenant, or (null) one who is still to be entered. */
export type DossierOf = { profile: string; user: { id: string; name: string } | null };

/** What a plan undoes: entries of the journal, or all of a job. */
export type Undone = { entries: number[] } | { job: string };

/**
 * A plan that is shown, and what was asked for it; null where it came of the journal (`undone`), of a file of its own, or of
 * one that was imported (`imported`).
 */
export type Reviewed = {
  about: PlanAbout;
  asked: PlanAsked | null;
  imported?: HandedImport;
  undone?: Undone;
};

type Open = {
  /** The tenant being entered (`null` id) or edited. */
  tenant: { id: string | null } | null;
  exporting: ExportRequest | null;
  /** The view in front, while saved views are shown. */
  views: Query | null;
  /** The tenant whose mirror is looked at. */
  mirror: string | null;
  /** The tenant of which a snapshot is taken. */
  taking: string | null;
  /** A snapshot is being opened: its path, as far as it is known. */
  snapshot: string | null;
  /** The tenant of which several lists are exported. */
  folder: string | null;
  /** The tenant whose users are looked up by a list, and the list as far as it was pasted. */
  pasted: { profile: string; text: string } | null;
  /** What a link asked to open, while the operator is asked whether it may. */
  link: { query: Query; asked: AskedFirst } | null;
  /** What is about to be done to objects of a tenant. */
  acting: Acting | null;
  /** A file is imported into a tenant. */
  importing: { profile: string; kind: ImportKind } | null;
  /** The tenant for which a plan's file is opened. */
  planFile: string | null;
  /** A plan that is reviewed, above what it was asked by. */
  plan: Reviewed | null;
  /** The job whose new secrets are shown, once. */
  made: string | null;
  /** Whose dossier is asked for. */
  dossier: DossierOf | null;
  /** A user whom the server fails on is given a new name. */
  repairing: { profile: string; which: Unreadable } | null;
  /** The keys are looked up. */
  keys: true | null;
};

/** `openings`: how often the operator opened or closed a dialog. */
type State = Open & { openings: number };

const closed: Open = {
  tenant: null,
  exporting: null,
  views: null,
  mirror: null,
  taking: null,
  snapshot: null,
  folder: null,
  pasted: null,
  link: null,
  acting: null,
  importing: null,
  planFile: null,
  plan: null,
  made: null,
  dossier: null,
  repairing: null,
  keys: null,
};

export type DialogId = keyof Open;
export const dialogIds: readonly DialogId[] = Object.keys(closed) as DialogId[];

/** The dialogs that are open. */
export const useDialogs = create<State>(() => ({ ...closed, openings: 0 }));

/** Changes what is open as the operator has it. What comes by itself (secrets, links, files) says so to the store alone. */
const change = (next: Partial<Open>) =>
  useDialogs.setState(({ openings }) => ({ ...next, openings: openings + 1 }));

/** What came by itself and is open. */
const arrived = (): Partial<Open> => {
  const { made, link } = useDialogs.getState();
  return { made, link };
};

/** What is open now: what takes a while compares it with what is open when it ends. */
export const dialogsNow = (): State => useDialogs.getState();

/** True while the operator opened and closed nothing since; what came by itself does not count. */
const isOpenSince = (then: State | undefined): boolean => useDialogs.getState().openings === then?.openings;

/** True where a dialog is open, or was then. */
export const isAnyOpen = (then: State): boolean => dialogIds.some((id) => then[id] !== null);

/** Closes what was open then; what came meanwhile stays, and where the operator went on to something else, that does, too. */
export const closeDialogsOf = (then: State | undefined) => {
  if (!then || !isOpenSince(then)) return;
  const now = useDialogs.getState();
  const stay = dialogIds.filter((id) => now[id] !== then[id]).map((id) => [id, now[id]] as const);
  change({ ...closed, ...arrived(), ...Object.fromEntries(stay) });
};

/** Shows a plan that was made, unless whoever asked for it has gone on to something else. */
export const showPlanOf = (then: State | undefined, plan: Reviewed) => {
  if (isOpenSince(then)) showPlan(plan);
};

/** Closes a snapshot's dialog; what it may have come above stays. */
export const closeSnapshot = () => useDialogs.setState({ snapshot: null });
/** The same once one was opened, unless the operator has gone on to something else, or another one came. */
export const closeSnapshotOf = (then: State | undefined) => {
  if (isOpenSince(then) && dialogsNow().snapshot === then?.snapshot) closeSnapshot();
};
/** Closes some of what is open. */
export const closeThese = (ids: readonly DialogId[]) =>
  change(Object.fromEntries(ids.map((id) => [id, null])));

export const addTenant = () => change({ tenant: { id: null } });
export const editTenant = (id: string) => change({ tenant: { id } });
/** Closes all but what came by itself, which is answered or taken on its own. */
export const closeDialogs = () => change({ ...closed, ...arrived() });
export const showViews = (views: Query) => change({ views });
export const showKeys = () => change({ keys: true });
export const showMirror = (mirror: string) => change({ ...closed, ...arrived(), mirror });
/** In the place of what it was asked for in. */
export const takeSnapshot = (taking: string) => change({ ...closed, ...arrived(), taking });
export const openSnapshot = () => change({ snapshot: '' });
/** A snapshot's file that the system hands over. */
export const snapshotArrives = (path: string) => useDialogs.setState({ snapshot: path });
export const exportFolder = (folder: string) => change({ folder });
export const pasteList = (profile: string, text = '') => change({ pasted: { profile, text } });
export const askDossier = (profile: string, user: DossierOf['user'] = null) =>
  change({ dossier: { profile, user } });
export const askExport = (exporting: ExportRequest) => change({ exporting });
/** Asks whether a link may open; one at a time, as an answer must not go to what came while it was given. */
export const askLink = (query: Query, asked: AskedFirst) =>
  useDialogs.setState(({ link }) => (link ? {} : { link: { query, asked } }));
export const closeLink = () => useDialogs.setState({ link: null });
export const act = (acting: Acting) => change({ acting });
export const repairUser = (repairing: NonNullable<Open['repairing']>) => change({ repairing });
export const importFile = (profile: string, kind: ImportKind = 'users') =>
  change({ importing: { profile, kind } });
export const openPlanFile = (planFile: string) => change({ planFile });
export const showPlan = (plan: Reviewed) => change({ plan });
/** Back to what the plan was asked by. */
export const closePlan = () => change({ plan: null });
export const showMade = (made: string) => useDialogs.setState({ made });
export const closeMade = () => useDialogs.setState({ made: null });
