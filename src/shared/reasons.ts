import { z } from 'zod';
import { reasons } from './phrases/en/reasons.ts';

type Phrases = (typeof reasons)['reasons'];
type Plural = Intl.LDMLPluralRule;
/** A phrase's name without its plural form. */
type Named<Key> = Key extends `${infer Name}_${Plural}` ? Name : Key;

/** Why something is refused: a group and a name of `phrases/en/reasons.ts`. */
export type ReasonCode = {
  [Group in keyof Phrases & string]: `${Group}.${Named<keyof Phrases[Group]> & string}`;
}[keyof Phrases & string];

type PhraseOf<Code> = Code extends `${infer Group extends keyof Phrases & string}.${infer Name}`
  ? {
      [Key in keyof Phrases[Group]]: Named<Key> extends Name ? Phrases[Group][Key] : never;
    }[keyof Phrases[Group]]
  : never;
type Bare<Name extends string> = Name extends `${infer Word},${string}` ? Word : Name;
/** Names that a phrase has between braces. */
type NamesIn<Phrase> = Phrase extends `${string}{{${infer Name}}}${infer Rest}`
  ? Bare<Name> | NamesIn<Rest>
  : never;

/** What a phrase is said of: texts and numbers, alternatives, or a reason within it. */
type Value = string | number | readonly string[] | Reason;

/** Why something is refused, as a code with what it is said of; its words are `phrases/reason-words.ts`'s. */
export type Reason = {
  readonly code: ReasonCode;
  readonly values?: Readonly<Record<string, Value>> | undefined;
};

type ValuesOf<Code> = Readonly<Record<NamesIn<PhraseOf<Code>>, Value>>;

const codes: ReadonlySet<string> = new Set(
  Object.entries(reasons.reasons).flatMap(([group, phrases]) =>
    Object.keys(phrases).map((name) => `${group}.${name.replace(/_(zero|one|two|few|many|other)$/, '')}`),
  ),
);
const isReasonCode = (code: unknown): code is ReasonCode => typeof code === 'string' && codes.has(code);

/** A reason in a file: of texts and numbers. */
export const reasonSchema: z.ZodType<Reason> = z.object({
  code: z.custom<ReasonCode>(isReasonCode),
  values: z.record(z.string().max(64), z.union([z.string().max(512), z.number()])).optional(),
});

/** The reason with all that its phrase names. */
export const because = <Code extends ReasonCode>(
  code: Code,
  ...[values]: [NamesIn<PhraseOf<Code>>] extends [never] ? [] : [ValuesOf<Code>]
): Reason => (values === undefined ? { code } : { code, values });
