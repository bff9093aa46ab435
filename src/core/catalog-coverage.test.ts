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

/** Operations that answer with lists, which no list of the catalogue shows, and why. */
const left: Record<string, string> = {
  '/api/applications/{id}/users/{userId}/consent-organizations':
    'needs an application and a user at once; a user’s grants name the application, its organizations are the user’s',
  '/api/sign-in-exp/username-policy/case-sensitivity-conflicts':
    'a report of what a change of the username policy would break, made when it is asked for',
  '/api/user-assets/service-status': 'what may be uploaded: nothing of the tenant',
  '/api/.well-known/sign-in-exp': 'what a sign-in page gets: the sign-in experience and the connectors again',
  '/api/.well-known/experience': 'the same',
  '/api/.well-known/account-center': 'what an account page gets: the account center again',
};

type Operation = { path: string; paged: boolean; lists: boolean };

/** The type of what an operation answers, as text. */
const answerIn = (body: string): string => {
  const ok = /\n {12}200: \{/.exec(body) ?? /\n {16}200: \{/.exec(body);
  const start = ok ? body.indexOf('"application/json": ', ok.index) : -1;
  if (start < 0) return '';
  let depth = 0;
  let text = '';
  for (const char of body.slice(start + '"application/json": '.length)) {
    if ('{(['.includes(char)) depth += 1;
    if ('})]'.includes(char)) depth -= 1;
    if (depth < 0 || (depth === 0 && char === ';')) break;
    text += char;
  }
  return text;
};

/** True for an array, or for an object one of whose own fields is an array of rows (or of the ids of such). */
const isList = (answer: string): boolean => {
  if (answer.endsWith('[]')) return true;
  const indent = /^\{\n(?: *\/\*\*.*\*\/\n)*( *)\S/.exec(answer)?.[1];
  return (
    indent !== undefined && new RegExp(`\\n${indent}(\\S+: string\\[\\];|\\}\\[\\];)`).test(`\n${answer}`)
  );
};

const operations = (): Operation[] => {
  const found: Operation[] = [];
  const starts = [...types.matchAll(/^ {4}"(\/api\/[^"]*)": \{$/gm)];
  for (const [place, match] of starts.entries()) {
    const text = types.slice(match.index, starts[place + 1]?.index);
    const get = /\n {8}get: (?:operations\["([^"]+)"\]|\{)/.exec(text);
    if (!get) continue;
    const name = get[1];
    const body = name ? operationNamed(name) : text.slice(get.index, nextMethod(text, get.index));
    const lists = isList(answerIn(body));
    found.push({ path: match[1] ?? '', paged: /\bpage_size\?: number/.test(body), lists });
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

test('the types tell which operations answer with lists, however', () => {
  const lists = operations().flatMap(({ path, lists: isOne }) => (isOne ? [path] : []));
  expect(lists.length).toBeGreaterThan(55);
  // An array; rows in a field; ids in fields.
  for (const path of ['/api/connectors', '/api/users/{userId}/sessions', '/api/dashboard/users/active'])
    expect(lists).toContain(path);
  for (const path of ['/api/roles/{id}', '/api/status', '/api/dashboard/users/total'])
    expect(lists).not.toContain(path);
});

/** Paths of single rows, whose own lists are fields of theirs. */
const isOneRow = (path: string, known: ReadonlySet<string>) =>
  catalog.some(({ itemPath }) => itemPath === path) || known.has(path.replace(/\/\{[^}]+\}$/, ''));

test('every operation that answers with a list is in the catalogue, or has a reason', () => {
  const known = new Set<string>(catalog.map(({ path }) => path));
  const missing = operations()
    .filter(({ path, paged, lists }) => (paged || lists) && !known.has(path) && !isOneRow(path, known))
    .map(({ path }) => path)
    .filter((path) => !(path in left));
  expect(missing).toEqual([]);
  const all = new Set(operations().map(({ path }) => path));
  expect(Object.keys(left).filter((path) => known.has(path) || !all.has(path))).toEqual([]);
});

test('what a dashboard and a document have beside the types is in the catalogue, too', () => {
  const known = new Set<string>(catalog.map(({ path }) => path));
  for (const path of [
    '/api/dashboard/users/total',
    '/api/dashboard/users/new',
    '/api/sso-connectors/{id}/signing-keys',
    '/api/domains/{id}/verification-files',
  ])
    expect(known).toContain(path);
});
