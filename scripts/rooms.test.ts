import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { expect, test } from 'vitest';

/**
 * The house as it stands: rooms are folders, and files that stand beside them; each imports from those before it only.
 * `contract.ts` alone looks up: what a procedure is given is the core.
 */
const floors = {
  'src/core': [
    'base',
    'contract.ts',
    'client',
    'rows',
    'jobs',
    'settings',
    'harvest',
    'mirror',
    'tenants',
    'export',
    'dossier',
    'home',
    'changes',
    'desk',
    'deps.ts',
    'answering.ts',
    'job-kinds.ts',
    'start-jobs.ts',
    'core.ts',
    'router.ts',
  ],
  'src/renderer': [
    'guards.ts',
    'styles.ts',
    'link',
    'state',
    'i18n',
    'common',
    'commands',
    'search',
    'changes',
    'rows',
    'row',
    'mirror',
    'list',
    'exports',
    'jobs',
    'profiles',
    'views',
    'home',
    'seen',
    'welcome',
    'shell',
    'main.ts',
  ],
} as const;

const longest = 400;

const isProduct = (path: string) => /\.tsx?$/.test(path) && !/\.test\.tsx?$|\.d\.ts$/.test(path);
const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).split('\\').join('/'))
    .filter(isProduct);

const files = filesBelow('src');
const known = new Set(files);

const imported = /(?:from|import)\s*\(?\s*'(\.[^']+)'/g;

/** The files that a file imports, types included. */
const importsOf = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(imported)].flatMap(([, path = '']) => {
    const target = posix.join(dirname(file), path);
    const found = ['', '.ts', '.tsx', '/index.ts'].map((end) => target + end).find((one) => known.has(one));
    return found ? [found] : [];
  });
const arrows = new Map(files.map((file) => [file, importsOf(file)]));

/** The room of a file below a folder; null for what is not part of the house, such as a probe that only tests start. */
const roomOf = (house: string, file: string): string => file.slice(house.length + 1).split('/')[0] ?? '';

/** Programs that only tests start. */
const aids = new Set(['src/core/faults/settings-writer.ts', 'src/renderer/page-in-node.ts']);
/** What stands in for a part of a system in tests. */
const testAids = /electron-stand-in|page-in-node|testing-here/;

test.each(Object.entries(floors))(
  'in %s every room has its floor, and imports run down only',
  (house, order) => {
    const rooms: readonly string[] = order;
    const wrong: string[] = [];
    for (const [file, targets] of arrows) {
      if (!file.startsWith(`${house}/`) || aids.has(file)) continue;
      const floor = rooms.indexOf(roomOf(house, file));
      if (floor < 0) wrong.push(`${file} is in no known room`);
      for (const target of targets) {
        if (!target.startsWith(`${house}/`)) continue;
        const below = rooms.indexOf(roomOf(house, target));
        const isGiven = file === 'src/core/contract.ts' && target === 'src/core/core.ts';
        if (below > floor && !isGiven) wrong.push(`${file} -> ${target}`);
      }
    }
    expect(wrong).toEqual([]);
  },
);

test('the window takes nothing but types of the core', () => {
  const wrong = files
    .filter((file) => file.startsWith('src/renderer/'))
    .flatMap((file) =>
      [
        ...readFileSync(file, 'utf8').matchAll(
          /^(import|export) (?!type )[^;]*?from '([^']*\/core\/[^']+)'/gm,
        ),
      ].map(([, , path]) => `${file} -> ${path}`),
    );
  expect(wrong).toEqual([]);
});

test('no files import each other in a circle', () => {
  const circles: string[] = [];
  const done = new Set<string>();
  const walk = (file: string, path: string[]) => {
    const at = path.indexOf(file);
    if (at >= 0) {
      circles.push([...path.slice(at), file].join(' -> '));
      return;
    }
    if (done.has(file)) return;
    for (const target of arrows.get(file) ?? []) walk(target, [...path, file]);
    done.add(file);
  };
  for (const file of files) walk(file, []);
  expect(circles).toEqual([]);
});

test('no assertion says what the compiler cannot follow', () => {
  const silenced = /\bas (?:unknown as|never|any)\b|@ts-/;
  const wrong = files
    .filter((file) => !testAids.test(file))
    .filter((file) => silenced.test(readFileSync(file, 'utf8')));
  expect(wrong).toEqual([]);
});

test(`no file is longer than ${longest} lines, phrases aside`, () => {
  const long = files
    .filter((file) => !file.startsWith('src/shared/phrases/'))
    .filter((file) => statSync(file).size > longest)
    .filter((file) => readFileSync(file, 'utf8').split('\n').length - 1 > longest);
  expect(long).toEqual([]);
});
