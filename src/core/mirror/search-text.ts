import { secretMask } from '../../shared/row.ts';
import type { Need } from '../../shared/search/needs.ts';

const textsIn = (value: unknown, texts: Set<string>, depth: number) => {
  if (typeof value === 'string') {
    if (value !== secretMask && value !== '') texts.add(value);
  } else if (typeof value === 'number') texts.add(String(value));
  else if (typeof value === 'object' && value !== null && depth <= 20)
    for (const inner of Object.values(value)) textsIn(inner, texts, depth + 1);
};

/**
 * The texts of a row that can be searched, a line each: every value at any depth, secrets and names of fields left out. What
 * stands in another text is found there.
 */
export const wordsOf = (value: unknown): string => {
  const texts = new Set<string>();
  textsIn(value, texts, 0);
  const all = [...texts];
  const isApart = (text: string) => !all.some((other) => other.length > text.length && other.includes(text));
  return (all.length > 100 ? all : all.filter(isApart)).join('\n');
};

/** A text has an index from so many characters on. */
const indexedFrom = 3;

const isIndexed = (piece: string) => [...piece].length >= indexedFrom;

/**
 * A trigram search for all that is needed and long enough, each piece quoted so that it means itself. `exact`: nothing
 * was left out, so that whatever it finds fits. Null where nothing is long enough.
 */
export const matchOf = (needs: readonly Need[]): { match: string; exact: boolean } | null => {
  const quoted = (piece: string) => `"${piece.replaceAll('"', '""')}"`;
  const parts = needs
    .filter((need) => need.every((pieces) => pieces.some(isIndexed)))
    .map((need) =>
      need.map((pieces) => `(${pieces.filter(isIndexed).map(quoted).join(' AND ')})`).join(' OR '),
    );
  if (parts.length === 0) return null;
  return {
    match: parts.map((part) => `(${part})`).join(' AND '),
    exact: needs.every((need) => need.every((pieces) => pieces.every(isIndexed))),
  };
};
