import type { ApiPath } from './paths.ts';

/** How a value reads and how a filter or an export treats it. */
export type ColumnKind =
  | 'text'
  | 'id'
  | 'time' // unix milliseconds
  | 'seconds' // unix seconds, as OIDC has them
  | 'boolean'
  | 'number'
  | 'ip' // an IP address
  | 'outcome' // Success or Error
  | 'names' // text by language; the first is shown
  | 'event' // an audit log's key
  | 'picture' // the address of one
  | 'list' // an array, shown as its parts
  | 'json';

export type Column = {
  /** Path of the value in a row, e.g. `payload.ip`; also the column's id. */
  id: string;
  kind: ColumnKind;
  /** Initial width in px. */
  width?: number;
  /** Personal data: a copy of it does not stay in the clipboard. */
  sensitive?: boolean;
  /** Not shown until the user picks it. */
  hidden?: boolean;
  /** A phone, stored as digits with its country code, and found in any writing (`shared/phone.ts`). */
  phone?: boolean;
  /** The value is the id of a row of this resource and opens it. */
  ref?: string;
  /** The value is one of an enumeration, which has words (`phrases/value-words.ts`). */
  words?:
    | 'application'
    | 'role'
    | 'connector'
    | 'factor'
    | 'outcome'
    | 'signInMode'
    | 'terms'
    | 'mfaPolicy'
    | 'identifier'
    | 'accountField'
    | 'interaction'
    | 'domain'
    | 'signingKey'
    | 'oneTimeToken'
    | 'invitation'
    | 'profileField'
    | 'captcha'
    | 'template'
    | 'protocol';
  /** For a `list` of objects: the field that names each part. */
  part?: string;
  /**
   * The value is not in the row: it is the names of the parents below which the row is listed, of this list. Known where
   * those lists are mirrored, or were asked for.
   */
  joins?: string;
};

/** A filter that the API itself answers. `id` is its name in a query. */
export type Filter =
  | {
      kind: 'keyword';
      id: string;
      param: string;
      match: 'like' | 'plain';
      /** Columns that the server searches; absent: the resource's labels. */
      columns?: readonly string[];
    }
  | {
      kind: 'choice';
      id: string;
      param: string;
      options: readonly string[];
      several?: boolean;
      /** The column that has the value. */
      column?: string;
    }
  | {
      kind: 'exact';
      id: string;
      param: string;
      suggestions?: readonly string[];
      ref?: string;
      column?: string;
    }
  | { kind: 'time'; id: string; from: string; to: string }
  /** A line of `shared/search/line.ts`: users by several fields at once. It takes the place of a keyword. */
  | { kind: 'search'; id: string };

/**
 * A field that is masked before a row leaves the core: a path; an object of which only the parts that `shows` names are
 * kept, as what else is in there depends on the kind of connector (path `''`: the row itself), and of its `certificates` and
 * SAML `metadata` what is public; or the path of an address, of which scheme and host are kept where the rest may let its
 * holder in.
 */
export type Secret =
  | string
  | {
      path: string;
      shows: readonly string[];
      certificates?: readonly string[];
      metadata?: readonly string[];
    }
  | { address: string };

/** Groups of the side bar, in its order. */
export const families = [
  'people',
  'applications',
  'access',
  'organizations',
  'connections',
  'tenant',
] as const;
export type Family = (typeof families)[number];

/** A list nested under a row: a child resource, or another list filtered by the row's id. */
export type Related = {
  resource: string;
  filter?: string;
  /** The row's value that the filter takes, where it is not its id. */
  value?: string;
  /** Only rows with one of these values in this column can have it. */
  when?: { column: string; is: readonly (string | boolean)[] };
};

/** Rows that belong together by a value: `filter` names the list's filter that finds them, where the API has one. */
export type Neighbourhood = { column: string; filter?: string };

export type Failures = {
  days: '7d';
  where: readonly { column: string; mode: 'is' | 'contains'; value: string }[];
};

/** Pictures of lists in the side bar; the renderer draws each. */
export type IconName =
  | 'users'
  | 'tokens'
  | 'fields'
  | 'applications'
  | 'saml'
  | 'roles'
  | 'resources'
  | 'logs'
  | 'organizations'
  | 'scopes'
  | 'invitations'
  | 'connectors'
  | 'sso'
  | 'factories'
  | 'hooks'
  | 'signin'
  | 'account'
  | 'domains'
  | 'templates'
  | 'phrases'
  | 'jwt'
  | 'actions'
  | 'dashboard'
  | 'idtoken'
  | 'session'
  | 'keys'
  | 'captcha';

/** One list of the Management API, described once for every room. What it is called is said in `shared/phrases`. */
export type Resource = {
  id: string;
  /**
   * List path as `@logto/api` types it; `{…}` stands for the parent row's id. Two of them stand for the parent's parent
   * and the parent, whose ids are then joined by `/` in a query.
   */
  path: ApiPath;
  /** How rows are asked for by many ids in one request: the parameter that repeats, and what else it needs. */
  byIds?: { param: string; fixedQuery: Readonly<Record<string, string>> };
  /** Values of path parameters that never vary. */
  fixedPath?: Readonly<Record<string, string>>;
  /** Where the rows stand in the answer, when it is not the list itself. */
  rowsAt?: string;
  /** The answer is one object, shown as a list of one. */
  singleton?: boolean;
  /** Not every tenant has it: a 404, 501 or 403 says "not available", not "failed". */
  optional?: boolean;
  /** Path of one row, when the API has it; `{…}` stands for the row's id. */
  itemPath?: ApiPath;
  /** The resource whose row this list is nested under, and this list's name in that row's URL. */
  parent?: { resource: string; segment: string };
  /** The resource whose rows these are, when the list shows another resource's rows (a role's users). */
  rowsOf?: string;
  /**
   * A list that shows the same from the other side: a user's roles are those below which the user is listed. The mirror
   * answers by it, as nobody asks for every user's own list.
   */
  inverse?: string;
  rowId: string;
  /** Columns that name a row, the first filled one wins. */
  labels: readonly string[];
  columns: readonly Column[];
  filters: readonly Filter[];
  /** `optional`: paginated only when asked (FACTS pagination 5). `never`: all rows come at once. */
  paging: 'always' | 'optional' | 'never';
  /**
   * In what order the server gives the rows: `createdAt`, the newest first, those of one moment in any (FACTS pagination
   * 6). Absent: in none, so that the first row says nothing of what is new.
   */
  order?: 'createdAt';
  /** Some servers give all rows at once, whatever page is asked for, and say no total (FACTS older servers). */
  mayBeWhole?: boolean;
  /** `enableCap` may be asked: totals past 10,000 come capped (FACTS pagination 4). */
  capped?: boolean;
  /** The list can be held still at a moment: the column with the time, and the parameters that bound it. */
  pin?: { column: string; until: string; since: string };
  /** Parameters that every request for this list carries. */
  fixedQuery?: Readonly<Record<string, string>>;
  /** What is masked before a row leaves the core, besides what is secret by its name (`shared/masked.ts`). */
  secrets: readonly Secret[];
  /** Fields whose parts are texts or settings that only are called like secrets. */
  words?: readonly string[];
  related: readonly Related[];
  /** A list below a row shows its rows under the values of this column. */
  groupBy?: string;
  /** Which roles carry a row can be asked for: one request a role (`core/rows/carriers.ts`). */
  carried?: boolean;
  /** By what a row has newer and older neighbours. */
  adjacent?: readonly Neighbourhood[];
  /** What went wrong around a row: rows of the last days that fit, with the same value. */
  failures?: Failures;
  /** Place in the side bar; lists without one are reached through their parent. */
  sidebar?: { family: Family; icon: IconName };
};
