import { because } from '../../../shared/reasons.ts';
import { jsonIn, limits, tooLarge } from './limits.ts';
import type { Cell, FileLine } from './line.ts';

/** Lines of a text that comes in parts. Throws `import.too_large`. */
async function* textLines(parts: AsyncIterable<string>, name: string): AsyncGenerator<string> {
  let rest = '';
  for await (const part of parts) {
    const lines = (rest + part).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > limits.line) throw tooLarge(name, `a line has more than ${limits.line} characters`);
    yield* lines;
  }
  yield rest;
}

type Keyed = { line: number; values: Record<string, unknown> | null };

/** Each line as the object that it is, null for what is none. */
async function* objectsOf(parts: AsyncIterable<string>, name: string): AsyncGenerator<Keyed> {
  let line = 0;
  for await (const text of textLines(parts, name)) {
    line += 1;
    if (text.trim() === '') continue;
    // What cannot be read is told as such a line.
    const value = jsonIn(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    yield { line, values: isObject ? (value as Record<string, unknown>) : null };
  }
}

/** The keys of all lines, in the order in which they came first. Throws `import.too_large`. */
export const ndjsonHeadings = async (parts: AsyncIterable<string>, name: string): Promise<string[]> => {
  const keys = new Set<string>();
  for await (const { values } of objectsOf(parts, name)) {
    for (const key of Object.keys(values ?? {})) keys.add(key);
    if (keys.size > limits.columns) throw tooLarge(name, `it has more than ${limits.columns} different keys`);
  }
  return [...keys];
};

/** One JSON object per line. Throws `import.too_large`. */
export async function* ndjsonLines(
  parts: AsyncIterable<string>,
  headings: readonly string[],
  name: string,
): AsyncGenerator<FileLine> {
  for await (const { line, values } of objectsOf(parts, name))
    yield values === null
      ? { line, cells: [], fault: because('line.notObject') }
      : {
          line,
          cells: headings.map((key) => (Object.hasOwn(values, key) ? (values[key] as Cell) : undefined)),
        };
}
