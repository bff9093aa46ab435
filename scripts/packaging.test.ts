import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gzipSync } from 'node:zlib';
import asar from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { build, Platform } from 'electron-builder';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startStandIn } from '../e2e/doors/stand-in.ts';
import { buildIfNeeded } from './build-if-needed.ts';

/**
 * Packs the desktop and the npm package for real. Electron's runtime is not needed to pack: a placeholder with its fuse
 * wire stands in its place, and is never started.
 */
const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'logto-desk-pack-'));
const unpacked = join(folder, 'dist', 'linux-unpacked');
const archive = join(unpacked, 'resources', 'app.asar');

beforeAll(() => {
  // Not built anew where it is there: tests beside this one run the program.
  buildIfNeeded({ program: true });
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Where `@electron/fuses` finds and sets the fuses: a known text, a version, their number, one digit each. */
const fuseWire = Buffer.concat([
  Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
  Buffer.from([1, 9]),
  Buffer.from('100110011'),
]);

const placeholder = () => {
  const dist = join(folder, 'electron');
  mkdirSync(join(dist, 'resources'), { recursive: true });
  mkdirSync(join(dist, 'locales'));
  writeFileSync(join(dist, 'electron'), Buffer.concat([Buffer.from('#!/bin/sh\nexit 1\n'), fuseWire]));
  chmodSync(join(dist, 'electron'), 0o755);
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'locales/en-US.pak', 'version', 'chrome-sandbox'])
    writeFileSync(join(dist, name), '');
  return dist;
};

test.each(['main', 'preload', 'npm'])('the program in out/%s is minified, as the page is', (name) => {
  const folder = join(root, 'out', name);
  const texts = readdirSync(folder)
    .filter((file) => /\.c?js$/.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8'));
  const text = texts.join('');
  expect(text.length).toBeGreaterThan(100);
  // Texts of several lines, such as SQL, keep theirs: written out, a line has 40.
  expect(text.length / text.split('\n').length).toBeGreaterThan(120);
});

test('all that the page names is named by its hash', () => {
  const page = readFileSync(join(root, 'out', 'renderer', 'index.html'), 'utf8');
  const named = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path);
  expect(named.length).toBeGreaterThan(2);
  for (const path of named) expect(path).toMatch(/^\/assets\/.+-[\w-]{8}\.\w+$/);
});

test('what the page loads before it is drawn is at most 300 kB, compressed', () => {
  const built = (path: string) => readFileSync(join(root, 'out', 'renderer', path));
  const namedIn = (text: Buffer) =>
    [...text.toString().matchAll(/assets\/[\w.-]+\.(?:js|css)/g)].map(([path]) => path);
  // The page's own files, and those of the interface, which the first of them loads beside its first calls.
  const own = namedIn(built('index.html'));
  const files = new Set([
    ...own,
    ...own.filter((path) => path.endsWith('.js')).flatMap((path) => namedIn(built(path))),
  ]);
  for (const kind of [/\/start-.*js$/, /\/show-.*js$/, /\/show-.*css$/])
    expect(
      [...files].some((path) => kind.test(path)),
      `${kind}`,
    ).toBe(true);
  const sizes = [...files].map((path) => gzipSync(built(path)).length);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(300_000);
});

test('scripts and styles are built small for the browser door, each as what it holds', () => {
  const assets = join(root, 'out', 'renderer', 'assets');
  const texts = readdirSync(assets).filter((name) => /\.(?:js|css)$/.test(name));
  const large = texts.filter((name) => statSync(join(assets, name)).size >= 1_024);
  expect(large.length).toBeGreaterThan(10);
  for (const name of large) {
    const small = brotliDecompressSync(readFileSync(join(assets, `${name}.br`)));
    expect(small.equals(readFileSync(join(assets, name))), name).toBe(true);
  }
});

test('every part of the component library that the page has comes with its styles', () => {
  const assets = join(root, 'out', 'renderer', 'assets');
  const built = (ending: string) =>
    readdirSync(assets)
      .filter((name) => name.endsWith(ending))
      .map((name) => readFileSync(join(assets, name), 'utf8'))
      .join('\n');
  const classesIn = (text: string) => new Set(text.match(/\bm_[0-9a-f]+\b/g));
  const [used, styled] = [classesIn(built('.js')), classesIn(built('.css'))];
  const all = classesIn(readFileSync(join(root, 'node_modules', '@mantine', 'core', 'styles.css'), 'utf8'));
  expect(used.size).toBeGreaterThan(100);
  expect([...used].filter((name) => all.has(name) && !styled.has(name))).toEqual([]);
});

describe.skipIf(process.platform !== 'linux')('the desktop', () => {
  beforeAll(async () => {
    await build({
      projectDir: root,
      targets: Platform.LINUX.createTarget('dir'),
      publish: 'never',
      config: {
        extends: 'electron-builder.yml',
        electronDist: placeholder(),
        directories: { output: join(folder, 'dist'), buildResources: 'build' },
      },
    });
  }, 120_000);

  test('has the built program and its native parts inside, and nothing else', () => {
    const names = asar.listPackage(archive, { isPack: false });
    const own = names.filter((name) => !name.startsWith('/node_modules'));
    expect(own).toEqual(
      expect.arrayContaining([
        '/package.json',
        '/out/main/index.js',
        '/out/preload/index.cjs',
        '/out/renderer/index.html',
        '/out/main/licences.json',
        '/out/renderer/licences.json',
      ]),
    );
    const stray = own.filter(
      (name) => !/^\/(?:package\.json|out(?:\/(?:main|preload|renderer)(?:\/.*)?)?)$/.test(name),
    );
    expect(stray).toEqual([]);
    expect(
      names.filter((name) =>
        /\.(?:map|ts|mts|cts|tsbuildinfo|br)$|\.test\.|\/(?:__tests__|tests?)\//.test(name),
      ),
    ).toEqual([]);
    expect(
      names.filter((name) =>
        // What a chunk of the page is called by its first module says nothing of what was packed.
        /react|ag-grid|mantine|playwright|vitest|typescript|electron-builder/.test(
          name.replace(/^\/out\/renderer\/assets\/[\w.-]+$/, ''),
        ),
      ),
    ).toEqual([]);
    const manifest = JSON.parse(asar.extractFile(archive, 'package.json').toString());
    expect(manifest.main).toBe('out/main/index.js');
    expect(manifest.devDependencies).toBeUndefined();
  });

  test('has Electron’s dangerous switches off', async () => {
    const wire = await getCurrentFuseWire(join(unpacked, 'logto-desk'));
    const state = (fuse: FuseV1Options) => String.fromCharCode(wire[fuse] ?? 0) === '1';
    expect({
      runAsNode: state(FuseV1Options.RunAsNode),
      nodeOptions: state(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
      inspect: state(FuseV1Options.EnableNodeCliInspectArguments),
      cookies: state(FuseV1Options.EnableCookieEncryption),
      integrity: state(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
      asarOnly: state(FuseV1Options.OnlyLoadAppFromAsar),
      fileProtocol: state(FuseV1Options.GrantFileProtocolExtraPrivileges),
    }).toEqual({
      runAsNode: false,
      nodeOptions: false,
      inspect: false,
      cookies: true,
      integrity: true,
      asarOnly: true,
      fileProtocol: false,
    });
  });

  test('has no feed, so that no updater runs', () =>
    expect(existsSync(join(unpacked, 'resources', 'app-update.yml'))).toBe(false));

  test('starts from what was packed alone', async () => {
    const app = join(folder, 'app');
    asar.extractAll(archive, app);
    const bundle = join(app, 'out', 'main', 'index.js');
    const { page, complaints, quit } = await startStandIn({ dataDir: join(folder, 'data'), bundle });
    await page.getByText('Explore the demo tenant').click();
    await page.getByText('20,000 rows').waitFor();
    expect(complaints).toEqual([]);
    await quit();
  }, 60_000);
});

describe('the npm package', () => {
  const home = join(folder, 'home');
  let bin = '';

  beforeAll(() => {
    mkdirSync(home, { recursive: true });
    execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], {
      cwd: root,
      stdio: 'pipe',
    });
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    writeFileSync(join(home, 'package.json'), '{"private": true}');
    execFileSync(
      'npm',
      ['install', '--no-audit', '--no-fund', '--ignore-scripts', join(folder, `logto-desk-${version}.tgz`)],
      {
        cwd: home,
        stdio: 'pipe',
      },
    );
    bin = join(home, 'node_modules', '.bin', 'logto-desk');
  }, 240_000);

  test('has the built program and no sources', () => {
    const files = execFileSync(
      'tar',
      ['tzf', join(folder, `logto-desk-${process.env.npm_package_version ?? '0.1.0'}.tgz`)],
      {
        encoding: 'utf8',
      },
    );
    expect(files).toContain('package/out/npm/index.js');
    expect(files).toContain('package/LICENSE');
    expect(files).not.toMatch(/\.ts$|\.map$|\.test\.|\/src\//m);
  });

  test('is the terminal with a command', () => {
    const out = execFileSync(
      bin,
      [
        'list',
        'roles',
        '--profile',
        'demo',
        '--page-size',
        '2',
        '--json',
        '--data-dir',
        join(folder, 'npm-data'),
      ],
      { cwd: home, encoding: 'utf8' },
    );
    expect(JSON.parse(out)).toMatchObject({ total: 45 });
    const file = join(folder, 'roles.csv');
    execFileSync(
      bin,
      [
        'export',
        'roles',
        '--profile',
        'demo',
        '--format',
        'csv',
        '--output',
        file,
        '--data-dir',
        join(folder, 'npm-data'),
      ],
      { cwd: home, stdio: 'pipe' },
    );
    expect(readFileSync(file, 'utf8').trim().split('\r\n')).toHaveLength(46);
  });

  test('is the browser door without one', async () => {
    const child = spawn(bin, ['--no-open', '--data-dir', join(folder, 'npm-data')], { cwd: home });
    let said = '';
    child.stdout.on('data', (chunk) => (said += chunk));
    await expect
      .poll(() => /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/.exec(said)?.[0], { timeout: 20_000 })
      .toBeTruthy();
    const address = /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/.exec(said)?.[0] ?? '';
    const admitted = await fetch(address, { redirect: 'manual' });
    const cookie = admitted.headers.get('set-cookie')?.split(';')[0] ?? '';
    const page = await fetch(new URL('/', address), { headers: { cookie } });
    expect(await page.text()).toContain('<title>Logto Desk</title>');
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }, 60_000);

  test('says what it needs to a Node that is too old', () => {
    const script = `Object.defineProperty(process, 'versions', { value: { node: '20.1.0' } }); import(${JSON.stringify(join(root, 'bin/logto-desk.js'))})`;
    const child = spawn(process.execPath, ['-e', script]);
    let said = '';
    child.stderr.on('data', (chunk) => (said += chunk));
    return once(child, 'exit').then(([code]) => {
      expect(code).toBe(1);
      expect(said).toContain('needs Node 24.5 or newer');
    });
  });
});
