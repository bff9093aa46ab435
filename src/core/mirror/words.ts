import { secretMask } from '../../shared/row.ts';

/** The texts of a row that can be searched: every value at any depth, secrets and names of fields left out. */
export const wordsOf = (value: unknown, depth = 0): string => {
  if (typeof value === 'string') return value === secretMask ? '' : value;
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'object' || value === null || depth > 20) return '';
  return Object.values(value)
    .map((inner) => wordsOf(inner, depth + 1))
    .filter(Boolean)
    .join('\n');
};

/** A trigram search of a text: each word has to be in the row, quoted so that it means itself. */
export const matchOf = (text: string): string | null => {
  const words = text
    .trim()
    .split(/\s+/)
    .filter((word) => [...word].length >= 3);
  return words.length === 0 ? null : words.map((word) => `"${word.replaceAll('"', '""')}"`).join(' ');
};
