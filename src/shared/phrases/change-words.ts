import type { i18n } from 'i18next';
import type { JournalEntry } from '../change/journal.ts';
import { findOperation } from '../change/operations/index.ts';
import type { Taken } from '../change/plan.ts';
import type { PlanningStep } from '../change/planning.ts';
import { sideOf } from '../change/title.ts';
import type { ErrorValue } from '../errors.ts';
import { titleOf } from './catalog-words.ts';
import { whyInWords } from './reason-words.ts';

/** What words are looked up by, whatever a door draws with. */
type Translate = (key: string, values?: object) => string;

/** What a plan, a job or an entry is called: by a title of `titleOfChange`, or another one (`undo`, `import`). */
export const changeTitle = (t: unknown, title: string): string => {
  // A plan's file may name anything, such as what every object has.
  const said = (key: string, otherwise: string): string => {
    const words: unknown = (t as Translate)(key, { defaultValue: otherwise });
    return typeof words === 'string' ? words : otherwise;
  };
  if (!title.includes('.')) return said(`changes.titles.${title}`, title);
  const { operation, to } = sideOf(title);
  if (!findOperation(operation)) return title;
  const name = said(`changes.operations.${operation}`, title);
  return to === null ? name : said(`changes.switches.${operation}.${to}`, name);
};

/** What a field of a change is called: its own words, or the path of a part that has none. */
export const changeField = (t: unknown, path: string): string => {
  // A colon would part a namespace from the key.
  if (!/^[\w.]+$/.test(path)) return path;
  const key = `changes.fields.${path.replaceAll('.', '_')}`;
  const words = (t as Translate)(key);
  return words === key ? path : words;
};

/** How far a plan is that is being made. */
export const stepInWords = (t: unknown, { stage, count, total }: PlanningStep): string =>
  (t as Translate)(`changes.planning.${stage}`, { count, total });

/** What a delete takes along of one list, with the names that are known: `Members: 12 (Kim, Lee, …); undoing restores them`. */
export const takenInWords = (
  t: unknown,
  { list, count, names = [], isBack }: Omit<Taken, 'names'> & { names?: readonly string[] },
  how: 'takes' | 'lacks' = 'takes',
): string => {
  const more = count > names.length && names.length > 0 ? [...names, '…'] : names;
  const taken = (t as Translate)(more.length > 0 ? 'changes.takes.takenNamed' : 'changes.takes.taken', {
    list: titleOf(t as i18n['t'], list),
    count,
    names: more.join(', '),
  });
  return (t as Translate)(
    how === 'lacks' ? 'changes.takes.lacks' : isBack ? 'changes.takes.back' : 'changes.takes.gone',
    { taken },
  );
};

/** An error in a line: what the server said of it, else what happened, with a code of the server's beside it. */
const errorInWords = (t: Translate, { code, detail }: ErrorValue): string => {
  const { serverCode, where = '' } = detail;
  const reason = whyInWords(t, detail);
  if (reason && !code.startsWith('network.')) return reason;
  const more = reason ?? serverCode;
  return [t(`errors.${code}.title`, { where }), ...(more ? [`(${more})`] : [])].join(' ');
};

/** What became of a change that was not made, and why. */
export const failureInWords = (
  t: unknown,
  { outcome, error }: Pick<JournalEntry, 'outcome' | 'error'>,
): string => {
  const why = error ? errorInWords(t as Translate, error) : '';
  return [(t as Translate)(`changes.outcomes.${outcome ?? 'open'}`), why].filter(Boolean).join(': ');
};
