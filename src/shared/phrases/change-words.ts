import type { JournalEntry } from '../change/journal.ts';
import type { Planned } from '../change/plan.ts';

/** What words are looked up by, whatever a door draws with. */
type Translate = (key: string, values?: object) => string;

/** The words of an operation's id, or of another title of plans and jobs (`undo`, `import`). */
export const changeTitle = (t: unknown, title: string): string => {
  const words = t as Translate;
  return words(title.includes('.') ? `changes.operations.${title}` : `changes.titles.${title}`);
};

/** What a field of a change is called: its own words, or the path of a part that has none. */
export const changeField = (t: unknown, path: string): string => {
  // A colon would part a namespace from the key.
  if (!/^[\w.]+$/.test(path)) return path;
  const key = `changes.fields.${path.replaceAll('.', '_')}`;
  const words = (t as Translate)(key);
  return words === key ? path : words;
};

/** Why a change is refused. */
export const refusalInWords = (t: unknown, { guard, about }: Pick<Planned, 'guard' | 'about'>): string => {
  const text = (t as Translate)(`changes.guards.${guard ?? 'not-changeable'}`, { about });
  return about === '' || text.includes(about) ? text : `${text} (${about})`;
};

/** What became of a change that was not made, and why. */
export const failureInWords = (
  t: unknown,
  { outcome, error }: Pick<JournalEntry, 'outcome' | 'error'>,
): string => {
  const why = error ? (error.detail.reason ?? error.detail.serverCode ?? error.code) : '';
  return [(t as Translate)(`changes.outcomes.${outcome ?? 'open'}`), why].filter(Boolean).join(': ');
};
