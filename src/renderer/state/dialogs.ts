import { create } from 'zustand';
import type { AskedFirst } from '../../shared/deep-link';
import type { Counting } from '../../shared/local';
import type { Query } from '../../shared/query';

export type ExportRequest = {
  /** The view, with its visible columns in their order. */
  query: Query;
  until: number | null;
  /** Rows of the view before local conditions, as text. */
  total: string;
  /** How many rows fit the local conditions; null where there are none, or where not all rows were looked at. */
  matching: number | null;
  /** The view is the mirror's; null: the server's. */
  mirror: { asOf: number; whole: boolean } | null;
  picked: { id: string; index: number }[];
  /** Set where the rows are counted: by what. */
  counts?: Counting;
};

type State = {
  /** The tenant being entered (`null` id) or edited. */
  tenant: { id: string | null } | null;
  exporting: ExportRequest | null;
  /** The view in front, while saved views are shown. */
  views: Query | null;
  /** The tenant whose mirror is looked at. */
  mirror: string | null;
  /** A snapshot is being opened: its path, as far as it is known. */
  snapshot: string | null;
  /** The tenant of which several lists are exported. */
  folder: string | null;
  /** The tenant whose users are looked up by a list, and the list as far as it was pasted. */
  pasted: { profile: string; text: string } | null;
  /** What a link asked to open, while the operator is asked whether it may. */
  link: { query: Query; asked: AskedFirst } | null;
};

const closed: State = {
  tenant: null,
  exporting: null,
  views: null,
  mirror: null,
  snapshot: null,
  folder: null,
  pasted: null,
  link: null,
};

/** The dialog that is open. */
export const useDialogs = create<State>(() => closed);

export const addTenant = () => useDialogs.setState({ tenant: { id: null } });
export const editTenant = (id: string) => useDialogs.setState({ tenant: { id } });
export const closeDialogs = () => useDialogs.setState(closed);
export const showViews = (views: Query) => useDialogs.setState({ views });
export const showMirror = (mirror: string) => useDialogs.setState({ mirror });
export const openSnapshot = (path = '') => useDialogs.setState({ snapshot: path });
export const exportFolder = (folder: string) => useDialogs.setState({ folder });
export const pasteList = (profile: string, text = '') => useDialogs.setState({ pasted: { profile, text } });
export const askExport = (exporting: ExportRequest) => useDialogs.setState({ exporting });
/** Asks whether a link may open; one at a time, as an answer must not go to what came while it was given. */
export const askLink = (query: Query, asked: AskedFirst) =>
  useDialogs.setState(({ link }) => (link ? {} : { link: { query, asked } }));
