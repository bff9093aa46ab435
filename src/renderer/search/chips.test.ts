import { expect, test } from 'vitest';
import { resourceOf } from '../../shared/catalog';
import { chipsOf, fieldsOf, formOfField, narrowedBy, withCondition, without } from './chips';

const logs = resourceOf('logs');
const applications = resourceOf('applications');
const tokens = resourceOf('one-time-tokens');

test('what the server can answer is asked of it, all else is looked through here', () => {
  const asked = withCondition(
    logs,
    { filters: { time: ['24h'] } },
    { field: 'key', mode: 'is', values: ['RevokeToken'] },
  );
  expect(asked).toEqual({ filters: { time: ['24h'], event: ['RevokeToken'] }, where: [] });
  const both = withCondition(logs, asked, { field: 'key', mode: 'contains', values: ['SignIn'] });
  expect(both.where).toEqual([{ column: 'key', mode: 'contains', value: 'SignIn' }]);
  expect(chipsOf(logs, both)).toEqual([
    { field: 'key', mode: 'is', values: ['RevokeToken'], asked: true },
    { field: 'key', mode: 'contains', values: ['SignIn'], asked: false },
  ]);
  // Free text in a column: the server compares it letter by letter, and would find less.
  const invited = withCondition(
    resourceOf('organization-invitations'),
    { filters: {} },
    { field: 'invitee', mode: 'is', values: ['Kim@example.com'] },
  );
  expect(invited.where).toEqual([{ column: 'invitee', mode: 'is', value: 'Kim@example.com' }]);
});

test('when it was is asked of a server that filters by time', () => {
  const day = { field: 'createdAt', mode: 'is', values: ['today'] } as const;
  expect(withCondition(logs, { filters: {} }, day)).toEqual({ filters: { time: ['today'] }, where: [] });
  expect(withCondition(resourceOf('users'), { filters: {} }, day).where).toEqual([
    { column: 'createdAt', mode: 'is', value: 'today' },
  ]);
});

test('a filter that no column shows is a field of its own, with its options', () => {
  expect(fieldsOf(tokens).asked).toEqual(['filter:email', 'filter:status']);
  expect(formOfField(tokens, 'filter:status')).toMatchObject({
    form: { kind: 'choice', options: ['active', 'consumed', 'revoked', 'expired'] },
    modes: ['is'],
  });
  const given = withCondition(
    tokens,
    { filters: {} },
    { field: 'filter:status', mode: 'is', values: ['active'] },
  );
  expect(given.filters).toEqual({ status: ['active'] });
  const [chip] = chipsOf(tokens, given);
  expect(chip && without(tokens, given, chip)).toEqual({ filters: {}, where: [] });
});

test('the time that the server can answer is offered with what it can', () => {
  expect(fieldsOf(logs).asked).toContain('createdAt');
  expect(fieldsOf(logs).here).not.toContain('createdAt');
  expect(fieldsOf(resourceOf('users')).here).toContain('createdAt');
});

test('an edit takes the place of what was there, also from here to the server and back', () => {
  const two = withCondition(
    applications,
    { filters: {}, where: [{ column: 'name', mode: 'contains', value: 'a' }] },
    { field: 'type', mode: 'differs', values: ['SPA'] },
  );
  const [name, type] = chipsOf(applications, two);
  if (!name || !type) throw new Error('both are there');
  const renamed = withCondition(applications, two, { field: 'name', mode: 'is', values: ['b'] }, name);
  expect(renamed.where?.map(({ value }) => value)).toEqual(['b', 'SPA']);
  const asked = withCondition(
    applications,
    two,
    { field: 'type', mode: 'is', values: ['SPA', 'Native'] },
    type,
  );
  expect(asked).toEqual({
    filters: { type: ['SPA', 'Native'] },
    where: [{ column: 'name', mode: 'contains', value: 'a' }],
  });
  const [server] = chipsOf(applications, asked);
  if (!server) throw new Error('it is there');
  expect(
    withCondition(applications, asked, { field: 'type', mode: 'empty', values: [''] }, server).filters,
  ).toEqual({});
});

test('a cell narrows its column anew; what is excluded adds up', () => {
  const result = (value: string, mode: 'is' | 'differs' = 'is') => ({ column: 'payload.ip', mode, value });
  const one = narrowedBy(logs, { filters: {} }, result('10.0.0.1'));
  expect(narrowedBy(logs, one, result('10.0.0.2')).where).toEqual([result('10.0.0.2')]);
  const out = narrowedBy(logs, one, result('10.0.0.1', 'differs'));
  expect(narrowedBy(logs, out, result('10.0.0.2', 'differs')).where).toEqual([
    result('10.0.0.1', 'differs'),
    result('10.0.0.2', 'differs'),
  ]);
  const event = { column: 'key', mode: 'differs', value: 'RevokeToken' } as const;
  expect(narrowedBy(logs, { filters: { event: ['RevokeToken'] } }, event)).toEqual({
    filters: {},
    where: [event],
  });
});
