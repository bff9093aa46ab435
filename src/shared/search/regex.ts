import { because, type Reason } from '../reasons.ts';

/** What a look at a regular expression found: nothing wrong, a mistake at a place, or a part that only PostgreSQL knows. */
export type RegexFinding =
  | { kind: 'good' }
  | { kind: 'wrong'; at: number; reason: Reason }
  | { kind: 'unsure'; at: number; reason: Reason };

const wrong = (at: number, reason: Reason): RegexFinding => ({ kind: 'wrong', at, reason });
const unsure = (at: number, reason: Reason): RegexFinding => ({ kind: 'unsure', at, reason });

/** Largest count in braces that PostgreSQL takes (DUPMAX). */
const largestCount = 255;

/** Escapes of PostgreSQL's advanced regular expressions (its manual, 9.7.3.3). */
const escapes =
  /^[^A-Za-z0-9]|^[aBbcefnrtv0]|^u[0-9A-Fa-f]{4}|^U[0-9A-Fa-f]{8}|^x[0-9A-Fa-f]+|^[DdSsWwAmMyYZ]|^[1-9][0-9]?/;

/**
 * Checks an advanced regular expression in PostgreSQL's flavour as far as that is possible without PostgreSQL, which answers a
 * bad one with 500: brackets, groups, counts and escapes.
 */
export const checkRegex = (pattern: string): RegexFinding => {
  const groups: number[] = [];
  let atom = false;
  let doubt: RegexFinding | null = null;
  for (let at = 0; at < pattern.length; at += 1) {
    const rest = pattern.slice(at);
    const char = pattern[at];
    if (char === '\\') {
      const escaped = escapes.exec(rest.slice(1))?.[0];
      if (rest.length === 1) return wrong(at, because('regex.endingBackslash'));
      if (escaped === undefined) return wrong(at, because('regex.escape', { escape: rest.slice(0, 2) }));
      at += escaped.length;
      atom = true;
    } else if (char === '[') {
      const end = bracketEnd(pattern, at);
      if (end < 0) return wrong(at, because('regex.openBracket'));
      const range = badRange(pattern.slice(at + 1, end));
      if (range) return wrong(at, because('regex.range', { range }));
      at = end;
      atom = true;
    } else if (char === '(') {
      groups.push(at);
      const special = /^\(\?(?::|=|!|<=|<!)?/.exec(rest)?.[0];
      if (special === '(?') {
        if (at > 0) return wrong(at, because('regex.lateOptions'));
        doubt ??= unsure(at, because('regex.options'));
      }
      if (special) at += special.length - 1;
      atom = false;
    } else if (char === ')') {
      if (groups.pop() === undefined) return wrong(at, because('regex.noGroup'));
      atom = true;
    } else if (char === '*' || char === '+' || char === '?' || (char === '{' && /^\{\d/.test(rest))) {
      if (!atom) return wrong(at, because('regex.nothingRepeated', { sign: char }));
      if (char === '{') {
        const count = /^\{(\d+)(?:,(\d*))?\}/.exec(rest);
        if (!count) return wrong(at, because('regex.openCount'));
        const [least, most] = [Number(count[1]), count[2] ? Number(count[2]) : Number(count[1])];
        if (least > largestCount || most > largestCount)
          return wrong(at, because('regex.largeCount', { most: largestCount }));
        if (most < least) return wrong(at, because('regex.backwardCount'));
        at += count[0].length - 1;
      }
      // A `?` behind makes it lazy; another repetition is a mistake.
      if (pattern[at + 1] === '?') at += 1;
      if (/^[*+]/.test(pattern.slice(at + 1))) return wrong(at + 1, because('regex.repeated'));
      atom = false;
    } else if (char === '|') atom = false;
    // `^` and `$` are places, not atoms, and cannot be repeated.
    else atom = char !== '^' && char !== '$';
  }
  const open = groups.at(-1);
  if (open !== undefined) return wrong(open, because('regex.openGroup'));
  return doubt ?? { kind: 'good' };
};

const bracketEnd = (pattern: string, from: number): number => {
  let at = from + 1;
  if (pattern[at] === '^') at += 1;
  if (pattern[at] === ']') at += 1;
  for (; at < pattern.length; at += 1) {
    const named = /^\[([:.=])/.exec(pattern.slice(at));
    if (named) {
      const end = pattern.indexOf(`${named[1]}]`, at + 2);
      if (end < 0) return -1;
      at = end + 1;
    } else if (pattern[at] === '\\') at += 1;
    else if (pattern[at] === ']') return at;
  }
  return -1;
};

const badRange = (inside: string): string | null => {
  for (const [range, from = '', to = ''] of inside.matchAll(/([A-Za-z0-9])-([A-Za-z0-9])/g))
    if (from > to) return range;
  return null;
};
