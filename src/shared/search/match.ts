import type { SearchTerm } from './terms.ts';
import { isWhole, regexOf, wantedOf } from './wanted.ts';

/**
 * PostgreSQL's comparisons of one value, for rows that are on this computer: `like` with `%`, `_` and `\`, `similar to`,
 * and regular expressions as far as JavaScript's are the same.
 */
const similarSource = (pattern: string): string =>
  `^(?:${pattern.replace(/[.^$]/g, '\\$&').replace(/%/g, '[\\s\\S]*').replace(/_/g, '[\\s\\S]')})$`;

/** A test of texts for one condition: any of its values. Throws a `SyntaxError` for an expression that cannot be read. */
export const matcher = (term: SearchTerm, caseSensitive: boolean): ((text: string) => boolean) => {
  const flags = caseSensitive ? 'u' : 'iu';
  if (term.mode === 'regex' || term.mode === 'similar') {
    const sources = term.values.map((value) => value.normalize('NFC'));
    const patterns = sources.map(
      (source) => new RegExp(term.mode === 'regex' ? source : similarSource(source), flags),
    );
    return (text) => patterns.some((pattern) => pattern.test(text.normalize('NFC')));
  }
  const wanted = wantedOf(term);
  // Of a long list of values, each text is looked up, not held against each of them.
  const folded = (text: string) => (caseSensitive ? text : text.toLowerCase());
  const whole = new Set(wanted.filter(isWhole).map(({ text }) => folded(text)));
  const patterns = wanted.filter((one) => !isWhole(one)).map((one) => new RegExp(regexOf(one), flags));
  return (text) => whole.has(folded(text)) || patterns.some((pattern) => pattern.test(text));
};
