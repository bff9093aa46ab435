import { app } from './app.ts';
import { errors } from './errors.ts';
import { exports } from './exports.ts';
import { list } from './list.ts';
import { mirror } from './mirror.ts';
import { row } from './row.ts';
import { search } from './search.ts';
import { tenants } from './tenants.ts';
import { views } from './views.ts';

/** Every English phrase of the program, a file for each room. Other languages have the same shape. */
export const en = {
  ...app,
  ...tenants,
  ...list,
  ...search,
  ...row,
  ...views,
  ...mirror,
  ...exports,
  ...errors,
} as const;

type Shape<T> = { readonly [Key in keyof T]: T[Key] extends string ? string : Shape<T[Key]> };

/** What a language has to provide. */
export type Phrases = Shape<typeof en>;
