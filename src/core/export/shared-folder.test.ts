import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { converter } from '../../doors/workers.ts';
import { convert } from './convert.ts';
import { partKeyOf } from './export.ts';
import { discardParts, PartialFile, partsOf } from './partial-file.ts';

const isRoot = process.getuid?.() === 0;
/** Nobody, of most systems. */
const another = 65_534;

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'logto-desk-shared-'));
  path = join(folder, 'users.ndjson');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const asked = 'the same';
const resume = () => PartialFile.open({ path, asked, resume: true, now: 2 });
const part = () => join(folder, '.users.ndjson.01234567.part');
const journal = () => `${part()}.journal`;
const theirs = '{"id":"theirs"}\n';
const state = { kind: 'pages', page: 1 };

/** A part with one row and its journal, as a run of ours leaves them; `bytes` that the checkpoint promises. */
const plant = (content = theirs, bytes = content.length, pid = 2 ** 22 + 1) => {
  const header = { kind: 'logto-desk-part', version: 1, asked, startedAt: Date.now(), pid };
  const checkpoint = { bytes, read: 1, rows: 1, columns: null, state, ids: ['theirs'] };
  writeFileSync(journal(), `${JSON.stringify(header)}\n${JSON.stringify(checkpoint)}\n`, { mode: 0o600 });
  writeFileSync(part(), content, { mode: 0o600 });
};

const refused = async () => {
  const begun = await resume();
  expect(begun.last).toBeNull();
  await begun.write('{"id":"ours"}\n');
  await begun.finish();
  expect(readFileSync(path, 'utf8')).toBe('{"id":"ours"}\n');
};

describe('a part in a folder that others may write to', () => {
  test('of a run of ours is resumed', async () => {
    plant();
    const again = await resume();
    expect(again.last).toMatchObject({ rows: 1 });
    expect([...again.ids()]).toEqual(['theirs']);
    await again.write('{"id":"ours"}\n');
    await again.finish();
    expect(readFileSync(path, 'utf8')).toBe(`${theirs}{"id":"ours"}\n`);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test.skipIf(!isRoot)('that another user planted is neither resumed nor removed', async () => {
    for (const planted of [[part(), journal()], [part()], [journal()]]) {
      plant();
      for (const file of planted) chownSync(file, another, another);
      const before = planted.map((file) => readFileSync(file, 'utf8'));
      await refused();
      if (planted.includes(journal())) await discardParts(path);
      expect(planted.map((file) => readFileSync(file, 'utf8'))).toEqual(before);
      for (const file of [part(), journal()]) rmSync(file, { force: true });
    }
  });

  test('that is a link is not followed: what it leads to is neither cut nor filled', async () => {
    const victim = join(folder, 'victim');
    for (const link of [symlinkSync, linkSync])
      for (const file of [part(), journal()]) {
        plant();
        renameSync(file, victim);
        chmodSync(victim, 0o600);
        writeFileSync(victim, `${readFileSync(victim, 'utf8')}more than the checkpoint says\n`);
        const before = readFileSync(victim, 'utf8');
        link(victim, file);
        await refused();
        expect(readFileSync(victim, 'utf8')).toBe(before);
        for (const left of [part(), journal(), victim]) rmSync(left, { force: true });
      }
  });

  test('that others may read or write, or that is a pipe or a folder, is not ours', async () => {
    for (const mode of [0o640, 0o604, 0o620, 0o666]) {
      plant();
      chmodSync(part(), mode);
      await refused();
      chmodSync(part(), 0o600);
      chmodSync(journal(), mode);
      await refused();
    }
    for (const file of [part(), journal()]) {
      plant();
      rmSync(file);
      execFileSync('mkfifo', ['-m', '600', file]);
      await refused();
      rmSync(file);
    }
  });

  test('of another installation is not resumed', () => {
    const profile = { endpoint: 'https://a.example' } as Parameters<typeof partKeyOf>[0];
    const view = {
      query: { profile: 'a', resource: 'users', filters: {} },
      format: 'ndjson' as const,
      columns: 'all' as const,
      bom: false,
    };
    expect(partKeyOf(profile, view, 'one')).toBe(partKeyOf(profile, view, 'one'));
    expect(partKeyOf(profile, view, 'one')).not.toBe(partKeyOf(profile, view, 'another'));
  });

  test('that somebody replaced while it was written is not put in its place', async () => {
    const begun = await resume();
    await begun.write('{"id":"ours"}\n');
    const [name = ''] = readdirSync(folder).filter((one) => one.endsWith('.part'));
    rmSync(join(folder, name));
    writeFileSync(join(folder, name), theirs, { mode: 0o600 });
    await expect(begun.finish()).rejects.toMatchObject({ code: 'export.not_writable' });
    expect(existsSync(path)).toBe(false);
    await begun.discard();
  });

  test('is made into another file out of what was written, and into no link', async () => {
    const begun = await resume();
    await begun.write('{"id":"ours"}\n');
    const victim = join(folder, 'victim');
    writeFileSync(victim, 'precious');
    symlinkSync(victim, begun.made);
    const [name = ''] = readdirSync(folder).filter((one) => one.endsWith('.part'));
    rmSync(join(folder, name));
    writeFileSync(join(folder, name), theirs, { mode: 0o600 });
    const columns = [{ id: 'id', kind: 'id' as const }];
    const made = {
      spool: begun.spool,
      made: begun.made,
      path,
      format: 'csv' as const,
      title: 'users',
      columns,
    };
    await convert(
      { ...made, whole: false, bom: false, counts: null, names: null },
      converter,
      new AbortController().signal,
    );
    expect(readFileSync(victim, 'utf8')).toBe('precious');
    expect(lstatSync(begun.made).isFile()).toBe(true);
    expect(readFileSync(begun.made, 'utf8')).toContain('ours');
    await begun.discard();
  });
});

describe('a journal', () => {
  test('that promises more than the part has is not believed', async () => {
    plant(theirs, theirs.length + 1);
    const again = await resume();
    expect(again.last).toBeNull();
    await again.discard();
  });

  test('tells what a crash left behind its last line: that is cut off, of the part and of the journal', async () => {
    const ours = '{"id":"ours"}\n';
    plant(`${theirs}{"id":"lost"}\n{"id":"ha`, theirs.length);
    appendFileSync(journal(), '{"bytes":14,"re');
    const again = await resume();
    expect(again.last).toMatchObject({ bytes: theirs.length });
    await again.write(ours);
    const how = { read: 2, rows: 2, columns: null, state: state as never };
    await again.note(['ours'], () => how);
    expect(await again.keep()).toBe(true);
    const once = await resume();
    expect(once.last).toMatchObject({ rows: 2 });
    expect([...once.ids()]).toEqual(['theirs', 'ours']);
    await once.finish();
    expect(readFileSync(path, 'utf8')).toBe(theirs + ours);
  });

  test('of a program that still runs is left to it', async () => {
    // The one that started this one is somebody else, and alive.
    plant(theirs, theirs.length, process.ppid);
    expect(await partsOf(path)).toEqual([]);
    const begun = await resume();
    expect(begun.last).toBeNull();
    await begun.discard();
    expect(readFileSync(part(), 'utf8')).toBe(theirs);
  });

  test('and its part are for their owner alone, whatever the umask', async () => {
    const umask = process.umask(0);
    try {
      const begun = await resume();
      for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
      expect(readdirSync(folder)).toHaveLength(2);
      await begun.discard();
    } finally {
      process.umask(umask);
    }
  });

  test('says that rows are there only when they are on the disk', async () => {
    const file = await open(join(folder, 'any'), 'w');
    const prototype = Object.getPrototypeOf(file) as typeof file;
    await file.close();
    const calls: string[] = [];
    const { datasync, appendFile } = prototype;
    vi.spyOn(prototype, 'datasync').mockImplementation(function (this: typeof file) {
      calls.push(`sync ${this.fd}`);
      return datasync.call(this);
    });
    vi.spyOn(prototype, 'appendFile').mockImplementation(function (this: typeof file, ...given) {
      calls.push(`write ${this.fd}`);
      return appendFile.apply(this, given);
    });
    try {
      const begun = await resume();
      const rows = begun.spool;
      await begun.write(theirs);
      calls.length = 0;
      await begun.note(['theirs'], () => ({ read: 1, rows: 1, columns: null, state: state as never }));
      expect(await begun.keep()).toBe(true);
      expect(calls[0]).toBe(`sync ${rows}`);
      expect(calls[1]).toMatch(/^write/);
      expect(calls).toHaveLength(2);
    } finally {
      vi.restoreAllMocks();
    }
  });
});
