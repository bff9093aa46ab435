import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { en } from '../src/shared/phrases/en/index.ts';
import { terminal } from '../src/shared/phrases/en/terminal.ts';

const root = join(import.meta.dirname, '..', 'src');

/** All of the program's own text but the phrases themselves. */
const sources = globSync('**/*.{ts,tsx}', { cwd: root })
  .filter((path) => !/\.test\.tsx?$|phrases\/en\//.test(path))
  .map((path) => readFileSync(join(root, path), 'utf8'))
  .join('\n');

type Words = { readonly [key: string]: string | Words };
const keysOf = (words: Words, above: readonly string[] = []): string[] =>
  Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [[...above, key].join('.')] : keysOf(value, [...above, key]),
  );

const found = (pattern: RegExp) => new Set([...sources.matchAll(pattern)].map(([, key = '']) => key));
const whole = found(/['"`]([\w.-]+)['"`]/g);
/** Beginnings of keys, behind which the rest is put together. */
const begun = found(/`([\w.-]+)\.\$\{/g);

const isUsed = (key: string): boolean => {
  const parts = key.replace(/_(one|other)$/, '').split('.');
  return whole.has(parts.join('.')) || parts.some((_, at) => begun.has(parts.slice(0, at).join('.')));
};

test('every phrase is said somewhere', () => {
  expect([...keysOf(en), ...keysOf(terminal)].filter((key) => !isUsed(key))).toEqual([]);
});
