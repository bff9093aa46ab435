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

type State = {
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

const closed: State = {
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

/** The dialog that is open. */
export const useDialogs = create<State>(() => closed);

/** What is open now: what takes a while compares it with what is open when it ends. */
export const dialogsNow = (): State => useDialogs.getState();

/** True while nothing was opened or closed since; secrets that a job made come by themselves. */
export const isOpenSince = (then: State | undefined): boolean => {
  const now = useDialogs.getState();
  const keys = Object.keys(closed) as (keyof State)[];
  return keys.every((key) => key === 'made' || now[key] === then?.[key]);
};

/** Closes what was open then; what came in its place stays. */
export const closeDialogsOf = (then: State | undefined) => {
  if (isOpenSince(then)) closeDialogs();
};

/** Shows a plan that was made, unless whoever asked for it has gone on to something else. */
export const showPlanOf = (then: State | undefined, plan: Reviewed) => {
  if (isOpenSince(then)) showPlan(plan);
};

export const addTenant = () => useDialogs.setState({ tenant: { id: null } });
export const editTenant = (id: string) => useDialogs.setState({ tenant: { id } });
export const closeDialogs = () => useDialogs.setState(closed);
/** A plan is applied: all that it was asked in closes, but not the secrets that it made sooner than that was answered. */
export const closeApplied = () => useDialogs.setState(({ made }) => ({ ...closed, made }));
export const showViews = (views: Query) => useDialogs.setState({ views });
export const showKeys = () => useDialogs.setState({ keys: true });
export const showMirror = (mirror: string) => useDialogs.setState({ ...closed, mirror });
/** In the place of what it was asked for in. */
export const takeSnapshot = (taking: string) => useDialogs.setState({ ...closed, taking });
export const openSnapshot = (path = '') => useDialogs.setState({ snapshot: path });
export const exportFolder = (folder: string) => useDialogs.setState({ folder });
export const pasteList = (profile: string, text = '') => useDialogs.setState({ pasted: { profile, text } });
export const askDossier = (profile: string, user: DossierOf['user'] = null) =>
  useDialogs.setState({ dossier: { profile, user } });
export const askExport = (exporting: ExportRequest) => useDialogs.setState({ exporting });
/** Asks whether a link may open; one at a time, as an answer must not go to what came while it was given. */
export const askLink = (query: Query, asked: AskedFirst) =>
  useDialogs.setState(({ link }) => (link ? {} : { link: { query, asked } }));
export const act = (acting: Acting) => useDialogs.setState({ acting });
export const repairUser = (repairing: NonNullable<State['repairing']>) => useDialogs.setState({ repairing });
export const importFile = (profile: string, kind: ImportKind = 'users') =>
  useDialogs.setState({ importing: { profile, kind } });
export const openPlanFile = (planFile: string) => useDialogs.setState({ planFile });
export const showPlan = (plan: Reviewed) => useDialogs.setState({ plan });
/** Back to what the plan was asked by. */
export const closePlan = () => useDialogs.setState({ plan: null });
export const showMade = (made: string) => useDialogs.setState({ made });
