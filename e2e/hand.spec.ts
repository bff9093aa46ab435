import type { Simulator } from '../src/simulator/server.ts';
import { addTenant, cell, expect, openList, test } from './desk.ts';

/** Holds the answers to a path until what it gives is called. */
const hold = ({ faults }: Simulator, path: string) => {
  const { promise, resolve } = Promise.withResolvers<void>();
  faults.add({ kind: 'held', until: promise }, { on: path, times: Number.POSITIVE_INFINITY });
  return () => {
    faults.clear();
    resolve();
  };
};

test('cells are drawn without React, and names go into the cells that stand', async ({ start, simulate }) => {
  const server = await simulate({ users: 30, logs: 60, tied: [0, 0] });
  const { page } = await start();
  await addTenant(page, 'Acme', server);
  await expect(cell(page, 0, 'name')).not.toBeEmpty();
  // Names of the logs' users are asked of the list of users: held until the rows were looked at.
  const release = hold(server, '/api/users');
  await openList(page, 'Audit logs');
  const at = server.tenant.logs.row(0).payload.userId ? 0 : 1;
  const user = cell(page, at, 'payload.userId');
  await expect(user).toHaveText(String(server.tenant.logs.row(at).payload.userId));
  const reacts = await page
    .locator('section[data-front] .ag-root-wrapper')
    .evaluate((grid) =>
      [grid, ...grid.querySelectorAll('*')].some((one) =>
        Object.keys(one).some((key) => /^__react/.test(key)),
      ),
    );
  expect(reacts).toBe(false);
  const stands = await user.elementHandle();
  release();
  await expect(user).not.toHaveText(String(server.tenant.logs.row(at).payload.userId));
  await expect(user).not.toBeEmpty();
  expect(await stands?.evaluate((element) => element.isConnected)).toBe(true);
});
