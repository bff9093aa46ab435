import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Era, eras } from '../simulator/eras.ts';
import { type Simulator, startSimulator } from '../simulator/server.ts';
import { runInside } from './testing-here.ts';

/** The terminal on servers of each era: the same commands give the same rows, and what lacks is named. */
const app = { appId: 'cli-app', secret: 'right', managementRole: true };
let server: Simulator;
let folder: string;

const desk = (args: readonly string[], input = '') =>
  runInside(args, { LOGTO_DESK_DATA_DIR: join(folder, 'data') }, input);

const open = async (era: Era) => {
  server = await startSimulator({ apps: [app], users: 12, logs: 900, tied: [0, 0], era });
  folder = mkdtempSync(join(tmpdir(), 'logto-desk-cli-eras-'));
  const added = await desk(
    ['profiles', 'add', '--oss', server.endpoint, '--name', 'T', '--app-id', app.appId, '--secret-stdin'],
    app.secret,
  );
  expect(added).toMatchObject({ code: 0 });
};
const moment = (place: number) => Number(server.tenant.logs.times[place]);
const between = (from: number, to: number) =>
  server.tenant.logs.times.filter((time) => time >= from && time <= to).length;

/** A process that a busy machine starts takes seconds. */
const patience = 60_000;

describe.each(eras)('Logto %s', (era) => {
  beforeAll(() => open(era), patience);
  afterAll(async () => {
    await desk(['profiles', 'remove', 't']);
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }, patience);

  const time = () => ['--time', `${moment(700)}..${moment(100)}`];
  const count = () => between(moment(700), moment(100));
  const view = ['--profile', 't', '--format', 'ndjson', '--output'];

  test('is tested, and what it lacks is said', async () => {
    const tested = await desk(['profiles', 'test', 't']);
    expect(tested).toMatchObject({ code: 0 });
    const words = { '1.30': 'cannot filter audit logs by time', '1.41': 'Logto 1.40 and 1.41', '1.42': '✓' }[
      era
    ];
    expect(tested.out).toContain(words);
  });

  test('lists the logs of a time', async () => {
    const listed = await desk(['list', 'logs', '--profile', 't', ...time(), '--json']);
    expect(JSON.parse(listed.out).total).toBe(count());
  });

  test('exports the logs of a time, complete', async () => {
    const file = join(folder, 'logs.ndjson');
    expect(await desk(['export', 'logs', ...view, file, ...time()])).toMatchObject({ code: 0 });
    expect(readFileSync(file, 'utf8').split('\n').filter(Boolean)).toHaveLength(count());
  });

  test('is searched once it is copied, for words of two characters, too', async () => {
    // Nothing was looked through yet: that is not nothing found.
    const early = await desk(['search', 'kim', '--profile', 't']);
    expect(early).toMatchObject({ code: 3 });
    expect(early.err).toContain('has not been copied');
    expect(await desk(['copy', '--profile', 't', '--resources', 'users', '--no-below'])).toMatchObject({
      code: 0,
    });
    const user = server.tenant.users.find(({ name }) => (name?.length ?? 0) > 3);
    const found = await desk(['search', String(user?.name), '--profile', 't']);
    expect(found).toMatchObject({ code: 0 });
    expect(found.out).toContain(String(user?.id));
    const short = await desk(['search', String(user?.name?.slice(0, 2)), '--profile', 't']);
    expect(short.out).toContain(String(user?.id));
    const few = await desk(['search', String(user?.name?.slice(0, 2)), '--profile', 't', '--limit', '1']);
    expect(few.err).toContain('1 row in offline copies');
  });

  test('is mirrored', async () => {
    const mirrored = await desk(['mirror', '--profile', 't', '--resources', 'users,logs', '--no-below']);
    expect(mirrored).toMatchObject({ code: 0 });
    expect(mirrored.out).toContain('Audit logs: 900 rows\n');
  });

  test('is exported as a whole, without what it lacks', async () => {
    const lists = ['--resources', 'users,logs,custom-profile-fields,oidc-session', '--no-below'];
    const whole = await desk(['export-tenant', ...view, join(folder, 'whole'), ...lists]);
    expect(whole).toMatchObject({ code: 0 });
    expect(whole.out).toContain('Audit logs: 900 rows, complete');
    expect(whole.out.includes('OIDC session: not available on this tenant')).toBe(era === '1.30');
  });
});
