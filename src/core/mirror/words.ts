import { secretMask } from '../../shared/row.ts';

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

/** A trigram search of a text: each word has to be in the row, quoted so that it means itself. */
export const matchOf = (text: string): string | null => {
  const words = text
    .trim()
    .split(/\s+/)
    .filter((word) => [...word].length >= 3);
  return words.length === 0 ? null : words.map((word) => `"${word.replaceAll('"', '""')}"`).join(' ');
};
