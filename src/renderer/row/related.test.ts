import { beforeAll, expect, test } from 'vitest';
import { resourceOf } from '../../shared/catalog';
import { pageInNode } from '../page-in-node';
import type * as Own from './related';

let related: typeof Own;

beforeAll(async () => {
  pageInNode(() => {
    throw new Error('no core is asked');
  });
  related = await import('./related');
}, 60_000);

const offered = (list: string, row: Record<string, unknown> | undefined) =>
  resourceOf(list)
    .related.filter((one) => related.mayApply(one, row))
    .map(related.relatedId);

test('what a row of its kind cannot have is not offered', () => {
  expect(offered('roles', { type: 'User' })).toEqual(['role-users/', 'role-scopes/']);
  expect(offered('roles', { type: 'MachineToMachine' })).toEqual(['role-applications/', 'role-scopes/']);
  expect(offered('applications', { type: 'SPA', isThirdParty: false })).not.toEqual(
    expect.arrayContaining(['application-roles/']),
  );
  expect(offered('applications', { type: 'SPA' })).not.toContain('application-secrets/');
  expect(offered('applications', { type: 'MachineToMachine' })).toContain('application-secrets/');
  // Of a log of nobody there are no logs of the same user.
  expect(offered('logs', { payload: { applicationId: 'a' } })).toEqual(['logs/application']);
});

test('of a row whose kind is not known yet everything is offered', () => {
  expect(offered('roles', undefined)).toHaveLength(3);
  expect(offered('roles', { id: 'r' })).toHaveLength(3);
});
