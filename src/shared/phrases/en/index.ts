import { app } from './app.ts';
import { changes } from './changes.ts';
import { changing } from './changing.ts';
import { dossier } from './dossier.ts';
import { errors } from './errors.ts';
import { events } from './events.ts';
import { exports } from './exports.ts';
import { home } from './home.ts';
import { importing } from './importing.ts';
import { jobs } from './jobs.ts';
import { list } from './list.ts';
import { mirror } from './mirror.ts';
import { purpose } from './purpose.ts';
import { reasons } from './reasons.ts';
import { row } from './row.ts';
import { search } from './search.ts';
import { tenants } from './tenants.ts';
import { values } from './values.ts';
import { views } from './views.ts';

/** Every English phrase of the program, a file for each room. Other languages have the same shape. */
export const en = {
  ...app,
  ...home,
  ...tenants,
  ...list,
  ...search,
  ...row,
  ...purpose,
  ...values,
  ...views,
  ...mirror,
  ...exports,
  ...jobs,
  ...changes,
  ...changing,
  ...importing,
  ...dossier,
  ...errors,
  ...reasons,
  ...events,
} as const;

type Plural = Intl.LDMLPluralRule;
/** A key of one plural form, e.g. `rows_one`. */
type FormOf<Name extends string> = `${Name}_${Plural}`;
/** Names that English has in plural forms. */
type Counted<Key> = Key extends `${infer Name}_other` ? Name : never;
type Single<T> = Exclude<keyof T, FormOf<Counted<keyof T>>>;

/**
 * What a language has to say for these phrases: of a counted one the form `other`, and of the rest those that the language
 * has (`Intl.PluralRules`).
 */
export type Shape<T> = {
  readonly [Key in Single<T>]: T[Key] extends string ? string : Shape<T[Key]>;
} & { readonly [Key in `${Counted<keyof T>}_other`]: string } & {
  readonly [Key in FormOf<Counted<keyof T>>]?: string;
};

/** What a language has to provide. */
export type Phrases = Shape<typeof en>;
