import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { catalog, type Filter, type Resource, resourceOf } from '../shared/catalog/index.ts';

/**
 * The catalogue held against the API's own types, by one run of the compiler over assertions made of it. A path that the
 * types do not know reads nothing, and a parameter that they do not know filters nothing, without any error.
 */
const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'logto-desk-types-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const prelude = `
import type { ApiPath, ApiPaths } from ${JSON.stringify(join(import.meta.dirname, '../shared/catalog/paths.ts'))};
declare const missing: unique symbol;
type Missing = typeof missing;
/** The value at a path of each kind of row; what may hold anything holds any path. */
type At<T, Path extends string> = unknown extends T ? unknown : T extends readonly unknown[] ? Missing : T extends object
  ? Path extends \`\${infer Head}.\${infer Rest}\`
    ? Head extends keyof T ? At<NonNullable<T[Head]>, Rest> : string extends keyof T ? unknown : Missing
    : Path extends keyof T ? T[Path] : string extends keyof T ? unknown : Missing
  : Missing;
/** True where at least one kind of row has the path. */
type Known<T> = unknown extends T ? true : [Exclude<T, Missing>] extends [never] ? false : true;
type Get<P extends ApiPath> = ApiPaths[P] extends { get: infer G } ? G : never;
type Body<P extends ApiPath> = Get<P> extends { responses: { 200: { content: { 'application/json': infer B } } } } ? B : unknown;
type Params<P extends ApiPath> = Get<P> extends { parameters: { query?: infer Q } } ? keyof NonNullable<Q> : never;
type PathParams<P extends ApiPath> = Get<P> extends { parameters: { path?: infer Q } } ? keyof NonNullable<Q> : never;
type Item<T> = unknown extends T ? unknown : T extends readonly (infer I)[] ? I : Missing;
`;

const text = (value: string) => JSON.stringify(value);

const rowOf = ({ path, rowsAt, single }: Resource): string => {
  const body = `Body<${text(path)}>`;
  const at = rowsAt ? `At<${body}, ${text(rowsAt)}>` : body;
  return single ? at : `Item<${at}>`;
};

/** The types have all parameters of a search, which are many, under one name. */
const typedName = (param: string) => (param === 'search' ? 'search_params' : param);

const parametersOf = (filter: Filter): string[] => {
  if (filter.kind === 'time') return [filter.from, filter.to];
  return [typedName(filter.kind === 'search' ? 'search' : filter.param)];
};

/** Assertions of a list, each by the name under which it fails. */
const assertionsOf = (resource: Resource): [name: string, type: string][] => {
  const { id, path, columns, filters, fixed = {}, always = {}, rowId, labels } = resource;
  const row = rowOf(resource);
  const ofRow = (what: string, value: string): [string, string] => [
    `${id}: ${what} ${value}`,
    `Known<At<${row}, ${text(value)}>>`,
  ];
  const has = (what: string, value: string, of: string): [string, string] => [
    `${id}: ${what} ${value}`,
    `${text(value)} extends ${of}<${text(path)}> ? true : false`,
  ];
  return [
    ...columns.filter(({ joins }) => joins === undefined).map((column) => ofRow('column', column.id)),
    ...(rowId === '' ? [] : [ofRow('row id', rowId)]),
    ...labels.map((label) => ofRow('label', label)),
    ...filters.flatMap(parametersOf).map((name) => has('parameter', name, 'Params')),
    ...Object.keys(always).map((name) => has('parameter', name, 'Params')),
    ...Object.keys(fixed).map((name) => has('path parameter', name, 'PathParams')),
    ...(resource.pin ? [ofRow('pinned column', resource.pin.column)] : []),
  ];
};

test('columns, filters, ids and parameters are those of the API’s types', () => {
  const assertions = catalog.flatMap(assertionsOf);
  expect(assertions.length).toBeGreaterThan(400);
  const lines = assertions.map(([, type], n) => `export const a${n}: ${type} = true;`);
  const head = prelude.split('\n').length;
  writeFileSync(join(folder, 'assertions.mts'), [prelude, ...lines].join('\n'));
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: join(root, 'tsconfig.json'),
      compilerOptions: { types: [] },
      include: ['assertions.mts'],
      exclude: [],
    }),
  );
  const { stdout } = spawnSync(join(root, 'node_modules/.bin/tsc'), ['-p', folder], { encoding: 'utf8' });

  const places = [...stdout.matchAll(/assertions\.mts\((\d+),\d+\): error (.*)/g)];
  const failed = places.map(([, line, message]) => assertions[Number(line) - head - 1]?.[0] ?? message);
  expect(failed).toEqual([]);
  expect(stdout).toBe('');
});

test('paths have the parameters that the catalogue fills, and parents that it knows', () => {
  const wrong = catalog.flatMap(({ id, path, parent, fixed = {} }) => {
    const open = [...path.matchAll(/\{([^}]+)\}/g)].filter(([, name = '']) => !(name in fixed)).length;
    if (parent) resourceOf(parent.resource);
    return open > 0 === (parent !== undefined) ? [] : [`${id}: ${path}`];
  });
  expect(wrong).toEqual([]);
});

test('what hangs below a row is named by its row', () => {
  const unnamed = catalog
    .filter(({ parent }) => parent !== undefined)
    .filter(
      ({ id, parent }) => !resourceOf(parent?.resource ?? '').related.some(({ resource }) => resource === id),
    );
  expect(
    unnamed.map(({ id, parent }) => `${id} is not among the related lists of ${parent?.resource}`),
  ).toEqual([]);
});
