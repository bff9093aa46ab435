import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { catalog } from '../shared/catalog/index.ts';

/**
 * Every list operation of the API is in the catalogue, or has a reason. The operations are those of @logto/api's own
 * types, read as text, so that a newer version of them shows what is missing.
 */
const types = (() => {
  const folder = dirname(createRequire(import.meta.url).resolve('@logto/api/management'));
  return readFileSync(join(folder, 'generated-types', 'management.d.ts'), 'utf8');
})();

/** List operations that no list of the catalogue shows, and why. */
const left: Record<string, string> = {
  '/api/applications/{id}/users/{userId}/consent-organizations':
    'needs an application and a user at once; a user’s grants name the application, its organizations are the user’s',
};

const operations = (): { path: string; paged: boolean }[] => {
  const found: { path: string; paged: boolean }[] = [];
  const starts = [...types.matchAll(/^ {4}"(\/api\/[^"]*)": \{$/gm)];
  for (const [place, match] of starts.entries()) {
    const text = types.slice(match.index, starts[place + 1]?.index);
    const get = /\n {8}get: (?:operations\["([^"]+)"\]|\{)/.exec(text);
    if (!get) continue;
    const name = get[1];
    const body = name ? operationNamed(name) : text.slice(get.index, nextMethod(text, get.index));
    found.push({ path: match[1] ?? '', paged: /\bpage_size\?: number/.test(body) });
  }
  return found;
};

const operationNamed = (name: string): string => {
  const at = types.indexOf(`\n    ${name}: {`);
  const quoted = types.indexOf(`\n    "${name}": {`);
  const start = at >= 0 ? at : quoted;
  return types.slice(start, types.indexOf('\n    };', start));
};

const nextMethod = (text: string, from: number): number => {
  const next = /\n {8}(?:put|post|delete|options|head|patch|trace)\??:/.exec(text.slice(from));
  return next ? from + next.index : text.length;
};

test('the types name the operations that are looked for', () => {
  const paged = operations().filter((operation) => operation.paged);
  expect(paged.map(({ path }) => path)).toContain('/api/users');
  expect(paged).toHaveLength(29);
});

test('every paginated list operation is in the catalogue, or has a reason', () => {
  const known = new Set<string>(catalog.map(({ path }) => path));
  const missing = operations()
    .filter(({ path, paged }) => paged && !known.has(path) && !(path in left))
    .map(({ path }) => path);
  expect(missing).toEqual([]);
  expect(Object.keys(left).filter((path) => known.has(path))).toEqual([]);
});
