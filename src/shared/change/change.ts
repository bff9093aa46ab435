import { z } from 'zod';

/** Characters that an ID has at most. */
export const longestId = 512;

/** What a change is made to. `id` is empty for what is not there yet; `parent` as a query has it (`Resource.path`). */
export const targetSchema = z.object({
  resource: z.string().max(64),
  id: z.string().max(longestId),
  parent: z.string().max(longestId).default(''),
  /** What the object was called when the change was planned; empty where it has no name. */
  label: z.string().max(256).default(''),
});
export type Target = z.infer<typeof targetSchema>;

/**
 * Stands in a change where a secret belongs: a plan, a journal and an export hold no secret. `entered`: typed by the
 * operator, kept in memory until the program ends; `file`: in a line (from 1) and column of the import's file, whose
 * checksum the plan has; `saved`: with what a delete took along;
 * `present`: as the object has it when the request leaves; `unread`: what was there before, where the server fails to tell;
 * `hidden`: a value that lists mask, as they show it, with a
 * fingerprint by which two of them in the same place of the same object are told apart, made with a key of this computer.
 */
export const secretRefSchema = z.discriminatedUnion('secret', [
  z.object({ secret: z.literal('entered'), key: z.string().max(64) }),
  z.object({ secret: z.literal('present'), field: z.string().max(64) }),
  z.object({ secret: z.literal('unread') }),
  z.object({ secret: z.literal('saved'), entry: z.number().int().min(1), field: z.string().max(64) }),
  z.object({ secret: z.literal('file'), line: z.number().int().min(1), column: z.string().max(256) }),
  z.object({ secret: z.literal('hidden'), shown: z.string(), print: z.string().max(128) }),
]);
export type SecretRef = z.infer<typeof secretRefSchema>;

/** Levels of nesting that a value may have; no field of the API has a dozen. */
const deepest = 60;

/** True of what JSON can hold, and gives back as it was. */
const isJson = (value: unknown, depth = deepest): boolean => {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || depth === 0) return false;
  if (Array.isArray(value)) return value.every((inner) => isJson(inner, depth - 1));
  const prototype: unknown = Object.getPrototypeOf(value);
  const isPlain = prototype === Object.prototype || prototype === null;
  return isPlain && Object.values(value).every((inner) => isJson(inner, depth - 1));
};

/** Values by field: what is concerned and nothing else. A field that is absent is not there, null is null. */
export const valuesSchema = z.record(
  z.string().max(256),
  z.unknown().refine((value) => isJson(value), 'not a JSON value'),
);
export type Values = z.infer<typeof valuesSchema>;

/** The first field whose value no plan and no journal can hold: nested too deeply, or no number; null where all can be. */
export const unkeepable = (values: Values): string | null =>
  Object.entries(values).find(([, value]) => !isJson(value))?.[0] ?? null;

/** Characters of a value, as JSON, that a journal keeps of an answer: what was sent has no more (WRITES, body size). */
const mostOfAnswer = 1 << 20;

/** The values without those that no journal can hold, or that are larger than anything that can be sent. */
export const keepable = (values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).filter(
      ([, value]) => isJson(value) && JSON.stringify(value).length <= mostOfAnswer,
    ),
  );

/**
 * One change to one object, as a value: what it is (`operation`, an id of `operations`), the fields concerned as they were
 * when it was planned and as they shall be. The request, the inverse and what is lost follow from these
 * (`operations`), so a plan that a colleague reviews cannot say one thing and send another.
 */
export const changeSchema = z.object({
  /** Its place in the plan, from 1. */
  number: z.number().int().min(1),
  operation: z.string().max(64),
  target: targetSchema,
  before: valuesSchema,
  after: valuesSchema,
});
export type Change = z.infer<typeof changeSchema>;

/** A change before the present state was read. */
export type Draft = Omit<Change, 'number' | 'before'>;

/** Whether a change can be undone: exactly; but for what `losses` names; not at all. */
export type Undoable = 'exactly' | 'partly' | 'never';

/** What a change ends or loses for good, or what else an operator has to know of it before; each has a phrase. */
export const losses = [
  'sessions',
  'tokens',
  'sessionsStay',
  'newId',
  'newSecret',
  'password',
  'mfa',
  'accessTokens',
  'invitations',
  'memberRoles',
  'socialTokens',
  'createdAt',
  'oldSecret',
  'oldKey',
  'heldMeanwhile',
  'othersChanges',
  'sentMail',
  'leakUnchecked',
  'accessRules',
  'ssoIdentities',
  'appSettings',
  'idIsNew',
  'rowsHidden',
] as const;
export type Loss = (typeof losses)[number];

/** A request as it will be sent. `path` has its ids in it, encoded, and begins with `/api/`. */
export type PlannedRequest = {
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  body?: unknown;
};

/** What a change came to. */
export const outcomes = [
  /** The answer, or a look at the object, shows what was asked. */
  'done',
  /** The object was seen as it was before. */
  'not-done',
  /** Something of it was seen, not all. */
  'partly',
  /** Nobody could see. */
  'unknown',
  /** Somebody else changed what is concerned after it was planned; nothing was sent. */
  'moved',
  /** The object had what was asked already; nothing was sent. */
  'unchanged',
  /** A guard refused; nothing was sent. */
  'refused',
] as const;
export type Outcome = (typeof outcomes)[number];
