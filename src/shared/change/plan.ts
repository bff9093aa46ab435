import { z } from 'zod';
import { querySchema } from '../query.ts';
import { reasonSchema } from '../reasons.ts';
import { changeSchema, type Loss, type Undoable, valuesSchema } from './change.ts';

/** What a plan is made for: rows by id, all rows of a view (read completely first), a pasted list, or something new. */
export const selectionSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('ids'),
    parent: z.string().max(512).default(''),
    ids: z.array(z.string().min(1).max(512)).min(1).max(100_000),
  }),
  z.object({ kind: z.literal('view'), query: querySchema }),
  z.object({ kind: z.literal('pasted'), text: z.string().max(4_000_000) }),
  z.object({ kind: z.literal('new'), parent: z.string().max(512).default('') }),
]);
export type Selection = z.infer<typeof selectionSchema>;

/**
 * What shall be done: an operation on a selection. `values` by field, a dot before a part of an object
 * (`customData.plan`); `unset` names parts to take away. `forced` names guards that the operator overrides.
 */
export const planAskedSchema = z.object({
  profile: z.string().min(1).max(64),
  operation: z.string().max(64),
  on: selectionSchema,
  values: valuesSchema.default({}),
  unset: z.array(z.string().max(256)).max(100).default([]),
  forced: z.array(z.string().max(64)).max(20).default([]),
});
export type PlanAsked = z.input<typeof planAskedSchema>;
export type PlanWanted = z.output<typeof planAskedSchema>;

/** Why a guard refuses a change; each has a phrase that says what to do. */
export const guards = [
  'own-app',
  'built-in-role',
  'last-identifier',
  'last-sign-in-method',
  'backup-alone',
  'empties-set',
  'in-use',
  'not-read-completely',
  'rows-hidden',
  'management-scope',
  'management-api',
  'script-url',
  'too-long',
  'nul',
  'password-policy',
  'invalid-value',
  'body-too-large',
  'role-type',
  'taken',
  'not-found',
  'not-held',
  'several-found',
  'not-changeable',
  'changed-since',
  'cannot-be-undone',
  'already-undone',
  'holder-gone',
  'never-read',
  'nothing-saved',
  'saved-gone',
  'saved-damaged',
  'secret-gone',
  'former-gone',
  'unreadable-line',
  'several-lines',
] as const;
export type Guard = (typeof guards)[number];

/** Guards that an operator can override, by name; the others stand. */
export const forcible: readonly Guard[] = [
  'own-app',
  'built-in-role',
  'last-identifier',
  'last-sign-in-method',
  'empties-set',
  'in-use',
  'management-scope',
  'script-url',
  'too-long',
  'nul',
  'password-policy',
  'changed-since',
  'nothing-saved',
  'rows-hidden',
];

/** Names of a kind that a plan gives of what is taken along. */
export const mostTakenNames = 5;

/** Something that a delete takes along: rows of a list, counted, the first few by name; `isBack`: undoing gives it back. */
export const takenSchema = z.object({
  list: z.string().max(64),
  count: z.number().int().min(1),
  names: z.array(z.string().max(256)).max(mostTakenNames),
  isBack: z.boolean(),
});
export type Taken = z.infer<typeof takenSchema>;

/** What a plan says of one object. */
export const verdicts = ['create', 'change', 'delete', 'unchanged', 'refused'] as const;
export type Verdict = (typeof verdicts)[number];

/** What is wrong with a line of an imported file: with the cell under a heading, or, under none, with all of it. */
export const faultSchema = z.object({ heading: z.string().max(512), why: reasonSchema });
export type LineFault = z.infer<typeof faultSchema>;

export const plannedSchema = z.object({
  change: changeSchema,
  verdict: z.enum(verdicts),
  /** Of a refused one: the guard, and the field or value it is about. */
  guard: z.enum(guards).nullable().default(null),
  about: z.string().max(512).default(''),
  /** Of a refused line of an import: what is wrong with it, in the order of its columns. */
  faults: z.array(faultSchema).max(300).optional(),
  /** The line of an import's file, from 1. */
  line: z.number().int().nullable().default(null),
  /** Of a delete: what it takes along. */
  takes: z.array(takenSchema).max(20).optional(),
  /** Of what undoes: what it cannot give back, as it is gone since. */
  lacks: z.array(takenSchema).max(20).optional(),
});
export type Planned = z.infer<typeof plannedSchema>;

/** Version of a plan's file. */
export const planVersion = 1;

/** A plan as a file that a colleague reviews; `checksum` is of all the rest. */
export const planFileSchema = z.object({
  kind: z.literal('logto-desk-plan'),
  version: z.literal(planVersion),
  /** When the present state was read, unix ms. */
  readAt: z.number(),
  /** Whose it is: it is refused elsewhere. */
  tenant: z.object({ endpoint: z.string().max(2_048), name: z.string().max(60) }),
  /** A title of `titleOfChange`, or a key of `changes.titles`. */
  title: z.string().regex(/^[a-z][\w.-]{0,63}$/i),
  forced: z.array(z.enum(guards)),
  /** The file that secrets are in, by its SHA-256. */
  source: z
    .object({
      name: z.string().max(256),
      sha256: z.string().length(64),
      /** Of an Excel file. */
      sheet: z.string().max(64).nullable().default(null),
    })
    .nullable(),
  /** The journal's entries that it undoes, by change number. */
  undoes: z.record(z.string(), z.number().int()).default({}),
  planned: z.array(plannedSchema).max(1_000_000),
  checksum: z.string().length(64),
});
export type PlanFile = z.infer<typeof planFileSchema>;

export type PlanCounts = Record<Verdict, number> & {
  /** Of those that will be made: these cannot be undone, or only partly. */
  neverUndone: number;
  partlyUndone: number;
};

/** A plan as a screen or the terminal shows it, without its changes. */
export type PlanAbout = {
  id: string;
  profile: string;
  title: string;
  readAt: number;
  counts: PlanCounts;
  losses: Loss[];
  /** What its deletes take along, by list, and of how many of them that was not counted. */
  taken: Pick<Taken, 'list' | 'count' | 'isBack'>[];
  uncounted: number;
  /** Changes that give back only a part, as what they name is gone. */
  lacking: number;
  /** Guards that whoever made it overrides: a file brings them along. */
  forced: Guard[];
  /** Requests that it will send, and how long they take at the tenant's pace, ms. */
  requests: number;
  takesMs: number;
  /** Deliveries that webhooks will make, by hook; null where the webhooks could not be read. */
  deliveries: { hook: string; name: string; count: number }[] | null;
  /** What the tenant's label and the plan's size ask for: the tenant's name to be typed. */
  confirm: string | null;
};

/** One change of a plan as a screen shows it. */
export type PlannedShown = Planned & {
  undoable: Undoable;
  losses: readonly Loss[];
  /** The request as a `curl` command without the token; empty where nothing is sent. */
  curl: string;
};
