import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { addSimulator, testCore } from '../doors/testing.ts';
import {
  type ColumnKind,
  catalog,
  type Filter,
  type Resource,
  resourceOf,
  type Secret,
} from '../shared/catalog/index.ts';
import { type Row, rowIdOf, valueAt } from '../shared/row.ts';
import { startSimulator } from '../simulator/server.ts';
import { listPage } from './rows/listing.ts';

/**
 * The catalogue held against the API's own types, by one run of the compiler over assertions made of it. A path that the
 * types do not know reads nothing, and a parameter that they do not know filters nothing, without any error.
 */
const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'logto-desk-types-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Of these the types say nothing, or not what servers give: rows of the simulator hold them. */
const heldByRows: readonly string[] = [
  // The document calls it a text; servers give unix ms (recorded: `POST SAML secret`).
  'saml-application-certificates: time column expiresAt',
  'hook-logs: secret payload.hookRequest.headers',
  'hook-logs: secret payload.response',
  'domain-verification-files: json column verificationFiles',
  'domain-verification-files: row id verificationFiles',
];

/** Secrets that neither types nor rows have: masked in case a server gives them. */
const inCase: readonly string[] = [
  'saml-application-certificates: secret privateKey',
  'sso-connector-certificates: secret privateKey',
  'hook-logs: secret payload.hookRequest.url',
  'hook-logs: secret payload.hookResponse',
  'organization-jit-sso-connectors: secret providerConfig',
];

/** Other moments than unix ms that no row is known to have: only the catalogue says what they are. */
const unseenMoments: readonly string[] = ['oidc-private-keys: effectiveAt', 'oidc-cookie-keys: effectiveAt'];

const prelude = `
import type { ApiPath, ApiPaths } from ${JSON.stringify(join(import.meta.dirname, '../shared/catalog/paths.ts'))};
declare const missing: unique symbol;
declare const free: unique symbol;
type Missing = typeof missing;
/** Below what may hold anything, any path is one: the types say nothing of it. */
type Free = typeof free;
type Named<T> = keyof { [K in keyof T as string extends K ? never : number extends K ? never : K]: true };
/** A text by language may have any; all have English. */
type Other<T, Path> = string extends keyof T ? (Path extends 'en' ? string : Free) : Missing;
/** The value at a path of each kind of row. */
type At<T, Path extends string> = Path extends '' ? T : unknown extends T ? Free
  : T extends readonly unknown[] ? Missing : T extends object
  ? Path extends \`\${infer Head}.\${infer Rest}\`
    ? Head extends Named<T> & keyof T ? At<NonNullable<T[Head]>, Rest> : Other<T, Path>
    : Path extends Named<T> & keyof T ? T[Path] : Other<T, Path>
  : Missing;
/** What at least one kind of row has at a path; never where none has it. */
type Found<T> = unknown extends T ? unknown : Exclude<T, Missing>;
/** True where all that may stand there is of a kind; text may have something else beside it. */
type Is<T, Wanted> = unknown extends T ? unknown extends Wanted ? true : 'free'
  : [T] extends [never] ? 'missing'
  : [Free] extends [T] ? 'free'
  : unknown extends Wanted ? true
  : [NonNullable<T>] extends [never] ? 'of another kind'
  : [NonNullable<T>] extends [Wanted] ? true : 'of another kind';
type Has<T, Wanted> = Is<Extract<NonNullable<T>, Wanted>, Wanted> extends true ? true : Is<T, Wanted>;
type Get<P extends ApiPath> = ApiPaths[P] extends { get: infer G } ? G : never;
type Body<P extends ApiPath> = Get<P> extends { responses: { 200: { content: { 'application/json': infer B } } } } ? B : unknown;
type Query<P extends ApiPath> = Get<P> extends { parameters: { query?: infer Q } } ? NonNullable<Q> : never;
type InPath<P extends ApiPath> = Get<P> extends { parameters: { path?: infer Q } } ? NonNullable<Q> : never;
/** Whether a request has a parameter, which may have a value. */
type Takes<Q, Name, Value> = Name extends keyof Q ? [Value] extends [NonNullable<Q[Name]>] ? true : 'of another kind' : 'missing';
type Item<T> = unknown extends T ? unknown : T extends readonly (infer I)[] ? I : Missing;
type Part<T> = T extends readonly (infer I)[] ? I : Missing;
`;

const text = (value: string) => JSON.stringify(value);

const rowOf = ({ path, rowsAt, singleton }: Resource): string => {
  const body = `Body<${text(path)}>`;
  const at = rowsAt ? `Found<At<${body}, ${text(rowsAt)}>>` : body;
  return singleton ? at : `Item<${at}>`;
};

/** What the API's type of a column's value has to be. */
const typeOfKind: Readonly<Record<ColumnKind, string>> = {
  text: 'string',
  id: 'string',
  ip: 'string',
  outcome: 'string',
  event: 'string',
  picture: 'string',
  time: 'number',
  seconds: 'number',
  number: 'number',
  boolean: 'boolean',
  names: 'object',
  list: 'readonly unknown[]',
  json: 'unknown',
};

/** A moment that the API writes as a text of ISO 8601. */
const isIso = ({ id, kind }: { id: string; kind: ColumnKind }) =>
  kind === 'text' && /(At|Time|Date)$/.test(id);

/** The types have all parameters of a search, which are many, under one name. */
const typedName = (param: string) => (/^(search|mode)\b|^joint$/.test(param) ? 'search_params' : param);

type Assertion = {
  /** Under which it fails. */
  name: string;
  type: string;
  list: string;
  /** The path in a row that it is of. */
  path?: string;
};

const pathOf = (secret: Secret): string => {
  if (typeof secret === 'string') return secret;
  return 'address' in secret ? secret.address : secret.path;
};

const columnsOf = (filter: Filter): readonly string[] => {
  if (filter.kind === 'keyword') return filter.columns ?? [];
  return 'column' in filter && filter.column !== undefined ? [filter.column] : [];
};

/** Assertions of what of a list's rows is read. */
const ofRows = (resource: Resource): Assertion[] => {
  const { id, columns, filters, rowId, labels, pin, related, groupBy, adjacent, failures, secrets, words } =
    resource;
  const found = (path: string) => `Found<At<${rowOf(resource)}, ${text(path)}>>`;
  const has = (what: string, path: string, type = 'unknown', is = 'Is'): Assertion => ({
    name: `${id}: ${what} ${path}`,
    type: `${is}<${found(path)}, ${type}>`,
    list: id,
    path,
  });
  const each = (what: string, paths: readonly (string | undefined)[] | undefined) =>
    (paths ?? []).filter((path) => path !== undefined && path !== '').map((path) => has(what, path ?? ''));
  return [
    ...columns
      .filter(({ joins }) => joins === undefined)
      .map((column) =>
        has(
          `${column.kind} column`,
          column.id,
          typeOfKind[column.kind],
          column.kind === 'text' && !isIso(column) ? 'Has' : 'Is',
        ),
      ),
    ...columns.flatMap(({ id: column, part }) =>
      part === undefined
        ? []
        : {
            name: `${id}: part ${part} of ${column}`,
            type: `Is<Found<At<Part<NonNullable<${found(column)}>>, ${text(part)}>>, string>`,
            list: id,
          },
    ),
    ...each('row id', [rowId]),
    ...each('label', labels),
    ...each('group', [groupBy]),
    ...each('filtered column', filters.flatMap(columnsOf)),
    ...each(
      'value of a related list',
      related.map(({ value }) => value),
    ),
    ...each(
      'condition of a related list',
      related.map(({ when }) => when?.column),
    ),
    ...each(
      'neighbours by',
      adjacent?.map(({ column }) => column),
    ),
    ...each(
      'failures by',
      failures?.where.map(({ column }) => column),
    ),
    ...each('secret', secrets.map(pathOf)),
    ...each('words', words),
    ...(pin ? [has('pinned column', pin.column, 'number')] : []),
  ];
};

/** Assertions of what a list is asked for. A value that varies is not held to any type. */
const ofRequests = (resource: Resource): Assertion[] => {
  const { id, path, filters, fixedPath = {}, fixedQuery = {}, byIds, pin } = resource;
  const takes = (param: string, value?: string, where = 'Query'): Assertion => ({
    name: `${id}: parameter ${param}${value === undefined ? '' : ` ${value}`}`,
    type: `Takes<${where}<${text(path)}>, ${text(typedName(param))}, ${value === undefined ? 'never' : text(value)}>`,
    list: id,
  });
  const ofFilter = (filter: Filter): Assertion[] => {
    if (filter.kind === 'time') return [takes(filter.from), takes(filter.to)];
    if (filter.kind === 'search') return [takes('search')];
    if (filter.kind === 'choice') return filter.options.map((option) => takes(filter.param, option));
    return [takes(filter.param)];
  };
  return [
    ...filters.flatMap(ofFilter),
    ...Object.entries(fixedQuery).map(([param, value]) => takes(param, value)),
    ...Object.entries(fixedPath).map(([param, value]) => takes(param, value, 'InPath')),
    ...(pin ? [takes(pin.until), takes(pin.since)] : []),
    ...(byIds ? [byIds.param, ...Object.keys(byIds.fixedQuery)].map((param) => takes(param)) : []),
  ];
};

const assertions = catalog.flatMap((resource) => [...ofRows(resource), ...ofRequests(resource)]);

test('paths, kinds and parameters are those of the API’s types', () => {
  expect(assertions.length).toBeGreaterThan(700);
  const untyped = new Set([...heldByRows, ...inCase]);
  const lines = assertions.map(({ name, type }, n) =>
    untyped.has(name)
      ? `export const a${n}: ${type} extends true ? 'typed by now' : true = true;`
      : `export const a${n}: ${type} = true;`,
  );
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
  const failed = places.map(([, line, message]) => {
    const why = /to type '"([^"]+)"'/.exec(message ?? '')?.[1] ?? message;
    return `${assertions[Number(line) - head - 1]?.name} is ${why}`;
  });
  expect(failed).toEqual([]);
  expect(stdout).toBe('');
});

/** Some rows of every list, of three parents that have any. */
const rowsOfLists = async (): Promise<ReadonlyMap<string, readonly Row[]>> => {
  await using server = await startSimulator({ users: 20, logs: 50, tied: [0, 0] });
  await using held = testCore();
  const { id: profile } = await addSimulator(held.core, server);
  const session = await held.core.sessionOf(profile);
  // The tenant has no SAML app before one is made.
  await fetch(new URL('/api/saml-applications', server.endpoint), {
    method: 'POST',
    headers: { authorization: `Bearer ${await session.tokens.get()}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'SAML' }),
  });
  const rows = new Map<string, Row[]>();
  const parents = new Map<string, string[]>();
  const read = async (resource: Resource) => {
    const above = resource.parent === undefined ? [undefined] : parents.get(resource.parent.resource);
    let told = 0;
    for (const parent of above ?? []) {
      if (told === 3) return;
      const query = {
        profile,
        resource: resource.id,
        filters: {},
        ...(parent === undefined ? {} : { parent }),
      };
      const page = await listPage(session, { query, index: 0 }, Date.now).catch(() => null);
      const ids = (page?.rows ?? []).map((row) => [parent, rowIdOf(resource, row)].filter(Boolean).join('/'));
      told += ids.length > 0 ? 1 : 0;
      rows.set(resource.id, [...(rows.get(resource.id) ?? []), ...(page?.rows ?? [])]);
      parents.set(resource.id, [...(parents.get(resource.id) ?? []), ...ids]);
    }
  };
  const depthOf = ({ parent }: Resource): number => (parent ? 1 + depthOf(resourceOf(parent.resource)) : 0);
  for (const resource of catalog.toSorted((a, b) => depthOf(a) - depthOf(b))) await read(resource);
  return rows;
};

test('what the types do not hold is held by rows, and so are the units of moments', async () => {
  const rows = await rowsOfLists();
  const valuesAt = (list: string, path: string) =>
    (rows.get(list) ?? []).map((row) => valueAt(row, path)).filter((value) => value !== undefined);
  const unheld = assertions.filter(({ name }) => heldByRows.includes(name));
  expect(
    unheld.filter(({ list, path = '' }) => valuesAt(list, path).length === 0).map(({ name }) => name),
  ).toEqual([]);
  expect(heldByRows.filter((name) => !assertions.some((one) => one.name === name))).toEqual([]);

  const moments = catalog.flatMap(({ id, columns }) =>
    columns.flatMap((column) => {
      const values = valuesAt(id, column.id).filter((value) => value !== null);
      const fits = (value: unknown) => {
        if (isIso(column)) return typeof value === 'string' && !Number.isNaN(Date.parse(value));
        return typeof value === 'number' && value > 1e11 === (column.kind === 'time');
      };
      const isMoment = isIso(column) || column.kind === 'time' || column.kind === 'seconds';
      const name = `${id}: ${column.id}`;
      return isMoment ? [{ name, values, fits, isUsual: column.kind === 'time' }] : [];
    }),
  );
  expect(moments.filter(({ values, fits }) => !values.every(fits)).map(({ name }) => name)).toEqual([]);
  const unseen = moments.filter(({ values, isUsual }) => values.length === 0 && !isUsual);
  expect(unseen.map(({ name }) => name)).toEqual(unseenMoments);
});

test('paths have the parameters that the catalogue fills, and parents that it knows', () => {
  const wrong = catalog.flatMap(({ id, path, parent, fixedPath = {} }) => {
    const open = [...path.matchAll(/\{([^}]+)\}/g)].filter(([, name = '']) => !(name in fixedPath)).length;
    if (parent) resourceOf(parent.resource);
    return open > 0 === (parent !== undefined) ? [] : [`${id}: ${path}`];
  });
  expect(wrong).toEqual([]);
});

test('what is nested under a row is named by its row', () => {
  const unnamed = catalog
    .filter(({ parent }) => parent !== undefined)
    .filter(
      ({ id, parent }) => !resourceOf(parent?.resource ?? '').related.some(({ resource }) => resource === id),
    );
  expect(
    unnamed.map(({ id, parent }) => `${id} is not among the related lists of ${parent?.resource}`),
  ).toEqual([]);
});
