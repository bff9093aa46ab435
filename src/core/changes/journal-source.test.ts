import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { applied, type Changeable, openChangeable, planOf } from '../../doors/changes-testing.ts';
import type { ExportFormat } from '../../shared/export-formats.ts';
import { exportSchema } from '../export/request.ts';

let server: Changeable['server'];
let held: Changeable['held'];
let profile: string;
let close: Changeable['close'];

beforeEach(async () => {
  ({ server, held, profile, close } = await openChangeable(8));
});
afterEach(() => close());

const exported = async (format: ExportFormat, filters: Record<string, string[]>, ids?: number[]) => {
  const path = join(held.dataDir, `journal.${format}`);
  const asked = exportSchema.parse({
    query: { profile, resource: 'journal', filters },
    format,
    ...(ids ? { picked: ids.map((id, index) => ({ id: String(id), index })) } : {}),
  });
  const job = await held.core.startJob('export', asked, { path });
  const { result, error } = await held.core.jobs.ended(job.id);
  expect(error).toBeNull();
  expect(result).toMatchObject({ missing: 0 });
  return { text: readFileSync(path, 'utf8'), manifest: readFileSync(`${path}.manifest.json`, 'utf8') };
};

test('the journal is exported like any view, with its filters, a manifest beside it', async () => {
  const change = async (at: number, values: Record<string, unknown>) => {
    const ids = [String(server.tenant.users[at]?.id)];
    const on = { kind: 'ids' as const, ids };
    const plan = await planOf(held.core, { profile, operation: 'users.update', on, values });
    await applied(held.core, plan.id);
  };
  await change(1, { name: '=1+1' });
  await change(2, { name: 'Second' });
  await change(3, { username: 'third' });
  const csv = await exported('csv', {});
  const [head = '', ...lines] = csv.text.trim().split('\r\n');
  expect(head).toMatch(/^id,sentAt,outcome,operation,/);
  expect(lines.map((line) => line.split(',')[0])).toEqual(['3', '2', '1']);
  expect(csv.text).not.toMatch(/(^|,)=1/m);
  expect(JSON.parse(csv.manifest)).toMatchObject({ view: '/journal', complete: true, file: { rows: 3 } });
  const { text } = await exported('ndjson', { text: ['Second'] });
  expect(text.trim().split('\n')).toHaveLength(1);
  expect(JSON.parse(text)).toMatchObject({ id: 2, outcome: 'done', after: { name: 'Second' } });
  const picked = JSON.parse((await exported('json', {}, [1, 3])).text) as { id: number }[];
  expect(picked.map(({ id }) => id)).toEqual([3, 1]);
  expect((await exported('xlsx', {})).text.length).toBeGreaterThan(1_000);
});
