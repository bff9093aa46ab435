import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openChangeable } from '../../doors/changes-testing.ts';
import type { Profile } from '../../shared/profile.ts';
import { querySchema } from '../../shared/query.ts';
import type { Row } from '../../shared/row.ts';
import { exportSchema } from '../export/request.ts';
import { seenSource } from './seen-source.ts';
import { MirrorStore } from './store.ts';

const ofThem: Profile = {
  id: 'a',
  kind: 'oss',
  name: 'A',
  label: '',
  color: 'gray',
  access: 'read-only',
  appId: 'app',
  images: false,
  endpoint: 'https://a.test',
  resource: 'https://default.logto.app/api',
};

test('what changed is exported like any view, with its filters and a manifest', async () => {
  const { server, held, profile, close } = await openChangeable(8);
  try {
    const { core } = held;
    const sync = async () => {
      const { id } = await core.startJob('copy', { profile, resources: ['users'] });
      await core.jobs.ended(id);
    };
    const exported = async (
      format: 'csv' | 'json',
      filters: Record<string, string[]>,
      picked?: { id: string; index: number }[],
    ) => {
      const path = join(held.dataDir, `changed.${format}`);
      const query = { profile, resource: 'what-changed', filters };
      const job = await core.startJob(
        'export',
        exportSchema.parse({ query, format, ...(picked ? { picked } : {}) }),
        { path },
      );
      const { result, error } = await core.jobs.ended(job.id);
      expect(error).toBeNull();
      expect(result).toMatchObject({ missing: 0 });
      return {
        text: readFileSync(path, 'utf8'),
        manifest: JSON.parse(readFileSync(`${path}.manifest.json`, 'utf8')) as unknown,
      };
    };
    await sync();
    const [renamed, gone] = server.tenant.users;
    if (!renamed || !gone) throw new Error('the tenant lacks users');
    renamed.name = '=Renamed';
    server.tenant.users.splice(server.tenant.users.indexOf(gone), 1);
    await sync();
    const { text, manifest } = await exported('csv', {});
    const [head = '', ...lines] = text.trim().split('\r\n');
    expect(head).toBe('id,at,after,kind,resource,row,label,parent,parentLabel,before,now');
    expect(lines).toHaveLength(2);
    expect(text).not.toMatch(/(^|,)=Renamed/m);
    expect(manifest).toMatchObject({ view: '/what-changed', complete: true, file: { rows: 2 } });
    const [first = ''] = lines;
    const picked = [{ id: String(first.split(',')[0]), index: 0 }];
    expect((await exported('csv', {}, picked)).text.trim().split('\r\n').slice(1)).toEqual([first]);
    const removed = JSON.parse((await exported('json', { kind: ['removed'] })).text) as Row[];
    expect(removed).toMatchObject([{ kind: 'removed', row: gone.id, before: { id: gone.id }, now: {} }]);
  } finally {
    await close();
  }
}, 60_000);

test('a sync that notes more while what changed is read moves nothing: each change is there once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'logto-desk-seen-'));
  const store = new MirrorStore(join(folder, 'a.sqlite'), { endpoint: 'https://a.test', tenant: 'a' }, 1);
  const copied = (at: number, ids: readonly number[]) => {
    const startedAt = store.begin('roles', '', at, null);
    const rows = ids.map((id) => ({ id: `r${id}`, name: `Role ${id}` }));
    store.putCopied('roles', '', rows, startedAt, null, at + 5);
    store.finish('roles', '', { startedAt, at: at + 10, since: null, marksGone: true });
  };
  try {
    const upTo = (count: number) => Array.from({ length: count }, (_, id) => id);
    copied(1_000, []);
    copied(2_000, upTo(1_200));
    let asked = 0;
    const source = seenSource(
      {
        profile: ofThem,
        seenChanges: async (page) => {
          asked += 1;
          if (asked === 3) copied(3_000, upTo(1_700));
          return store.seenChanges(page);
        },
      },
      () => 4_000,
    );
    const query = querySchema.parse({ profile: 'a', resource: 'what-changed', filters: {} });
    const reading = source.read({ query, signal: new AbortController().signal });
    const rows: unknown[] = [];
    let step = await reading.next();
    while (!step.done) {
      rows.push(...step.value.rows.map(({ row }) => row));
      step = await reading.next();
    }
    expect(new Set(rows).size).toBe(1_200);
    expect(rows).toHaveLength(1_200);
    expect(step.value).toMatchObject({ rows: 1_200, expected: 1_200, missing: 0 });
  } finally {
    store.close();
    rmSync(folder, { recursive: true });
  }
});
