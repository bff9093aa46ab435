import type { ApiPath } from '../../catalog/paths.ts';
import type { Vocabulary } from '../../phrases/value-words.ts';
import type { Row } from '../../row.ts';
import type { Change, Draft, Loss, PlannedRequest, Target, Undoable, Values } from '../change.ts';
import type { Guard } from '../plan.ts';

/** How a field is entered and checked. `ids`: rows of the list that `ref` names, by their ids; `time`: unix ms. */
export type EditKind =
  | 'text'
  | 'email'
  | 'phone'
  | 'username'
  | 'url'
  | 'urls'
  | 'date'
  | 'boolean'
  | 'number'
  | 'time'
  | 'choice'
  | 'json'
  | 'objects'
  | 'texts'
  | 'id'
  | 'ids'
  | 'password';

/**
 * What a value names by ids: an array of `ids` of a list; an object by `keys` that are ids, each with what it holds; the
 * `parts` of an object; `rows` with an id at one field and ids at another.
 */
export type Naming =
  | { ids: string }
  | { keys: string; each?: Naming }
  | { parts: Readonly<Record<string, Naming>> }
  | { rows: { at: string; list: string; idsAt: string; idsOf: string } };

/**
 * A field that can be edited. `profile.givenName` is a part of the object `profile`, which the server takes as a whole
 * (WRITES, "replaced whole"): a change holds the whole object.
 */
export type EditField = {
  id: string;
  kind: EditKind;
  /** It can be emptied: null is sent. */
  nullable?: boolean;
  required?: boolean;
  /** UTF-16 units. */
  longest?: number;
  /** Of `number`: the least and most there may be. */
  least?: number;
  most?: number;
  options?: readonly string[];
  /** Of `texts`: values that are offered; others can be given. */
  offered?: readonly string[];
  /** The words of which the options are. */
  words?: Vocabulary;
  /** The list whose rows the ids are of. */
  ref?: string;
  /**
   * What it is made of, where it is entered by choosing: ids of organizations, each with the ids of roles there; a user's
   * identity at a provider; the name of a provider; ids of API permissions, by their API resources; organizations with
   * roles there, as rules of an application have them.
   */
  shape?: 'memberships' | 'identity' | 'provider' | 'permissions' | 'rules';
  /** Of `json`: parts of it can be set and unset by themselves (`customData.plan`). */
  parts?: boolean;
  /** Its value is a secret, of which a change holds a `SecretRef` only. */
  secret?: boolean;
  /** What it names by ids, where that is more than an array of ids of `ref`. */
  names?: Naming;
  /** It is part of what undoing needs, and not offered for editing. */
  hidden?: boolean;
};

/** A GET that tells the present state: one object, or the rows of a list. `ids`: of the path's parameters, by name. */
export type Look = {
  path: ApiPath;
  ids: Readonly<Record<string, string>>;
  params?: readonly (readonly [string, string])[];
  list?: { paged: boolean; rowsAt?: string };
};

/** What a look came to; null where the server has no such thing. */
export type Seen = Row | readonly Row[] | null;

/** A change before it has a number: what is concerned, and what shall be. */
export type Concerned = Pick<Change, 'target' | 'after'>;
export type Stated = Concerned & Pick<Change, 'before'>;

/** A change that was made, as the journal has it. */
export type Made = Stated & { made: Values };

/** A list whose rows may hold something: the whole of it is read, and of each row what says so. */
export type Holders = {
  /** What it holds is in use by it, and not deleted unless that is asked for by name. */
  isUse?: boolean;
  list(target: Target): Look;
  looks?(target: Target, row: Row): readonly Look[];
  /** What is saved of a row that holds it, with its `id` and `name`; null of one that does not. `seen`: of `looks`. */
  kept(target: Target, row: Row, seen: readonly Seen[]): Row | null;
};

/** What a delete takes along of a list: how many, with the names that are known; `isBack`: undoing gives it back. */
export type TakenRows = { list: string; count: number; names: readonly string[]; isBack: boolean };

/** Rows that a change takes from a list: it may have no others. `look`: through the whole of it. */
export type TakenFrom = { list: string; look: Look; ids: readonly string[] };

/** Something that an object has: as it is asked for, and what it is called where that is something else. */
export type Own = { id: string; name: string };

export type OperationKind = 'create' | 'update' | 'delete' | 'add' | 'remove' | 'act';

/**
 * What can be done to the objects of a list, as data and pure functions: plans, requests, drift checks, what came of an
 * unknown answer, undo, editors and the terminal follow from it. A new one is an object in a file of this folder.
 */
export type Operation = {
  /** `users.update`; its words are in `phrases/en/changes.ts`. */
  id: string;
  /** The list whose rows it is made to. */
  resource: string;
  kind: OperationKind;
  fields: readonly EditField[];
  /** It makes sense on many rows at once. */
  bulk: boolean;
  /** What is read to know the state concerned. */
  looks(change: Concerned): readonly Look[];
  /** The state concerned, by field, out of what was read; null where the object is not there. */
  present(change: Concerned, seen: readonly Seen[]): Values | null;
  /** True when the state is what the change is to bring about. `present` as above. */
  isDone(change: Stated, present: Values | null): boolean;
  /** In order. They follow from the change alone. */
  requests(change: Stated): readonly PlannedRequest[];
  undoable: Undoable;
  losses(change: Concerned): readonly Loss[];
  /** What undoes it; null where nothing does. */
  inverse(made: Made): Draft | null;
  /** The state that what undoes it has to find, where that is more than what was asked of the same object. */
  left?(made: Made): Values;
  /** The answer to its only request is the object as it is now, and is compared with what was asked. */
  answersRow?: boolean;
  /** What the server made: new ids. `answers` are the bodies, in the order of the requests. */
  made?(change: Stated, answers: readonly unknown[]): Values;
  /** Rows by which another object has a value already that must be unique. */
  rivals?(change: Concerned): Look | null;
  /** A guard of its own. `seen` as of its looks. */
  guard?(change: Stated, seen: readonly Seen[]): { guard: Guard; about: string } | null;
  /**
   * Fields that are set although the object cannot be read, as what stands in them is why it cannot (WRITES, dangerous 1):
   * nobody knows what was there before.
   */
  cures?: readonly string[];
  /** What it removes comes and goes by itself (sessions): that someone else ended some of those left is not a conflict. */
  volatile?: boolean;
  /** Nobody can see whether it was made (a password): after an unknown answer it stays unknown. */
  blind?: boolean;
  /** Of an operation on a set: the field with the ids, when absent all that there are; and how many one change takes. */
  all?: (seen: readonly Seen[]) => Values;
  chunk?: { field: string; size: number };
  /**
   * What the object has of what it takes away, by the field that names it: asked of one object for what that has not, it
   * is refused with what there is (`not-held`).
   */
  own?: { field: string; of(seen: readonly Seen[]): readonly Own[] };
  /** The list that would have nothing left, as far as its looks tell; null where something is. */
  empties?(change: Stated, seen: readonly Seen[]): string | null;
  /** Lists of which its looks do not tell whether anything would be left. */
  takesFrom?(change: Stated): readonly TakenFrom[];
  /** What a delete takes along, read and kept before it. */
  saves?(target: Target): readonly Look[];
  /** Others that hold what is deleted: of each list what `kept` gives is the next of what is saved, after `saves`. */
  holders?: readonly Holders[];
  /** What a delete takes along, out of what would be saved. */
  takes?(target: Target, saved: readonly Seen[]): readonly TakenRows[];
  /** Makes anew what was deleted; `entry`: where what was saved is kept, so that secrets are named by it. */
  recreate?(target: Target, saved: readonly Seen[], entry: number): Draft | null;
  /** Values in the answer that are shown once: their places, and the field or text that names them. */
  shows?: { at: string | readonly string[]; label: string };
  /** The list whose one row, below the object, has the fields that are edited; absent: the object itself has them. */
  edits?: string;
};
