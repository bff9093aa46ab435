import { expect, test } from 'vitest';
import { resourceOf } from '../../shared/catalog';
import { reasonSaid } from '../../shared/phrases/testing';
import { because } from '../../shared/reasons';
import { suggestedFilters, typedFilter, unknownFieldIn, valuesTyped } from './typed-filter';

const users = resourceOf('users');
const logs = resourceOf('logs');

test.each([
  ['suspended:yes', { column: 'isSuspended', mode: 'is', value: 'true' }],
  ['Suspended: No ', { column: 'isSuspended', mode: 'is', value: 'false' }],
  ['last sign-in:7d', { column: 'lastSignInAt', mode: 'is', value: '7d' }],
])('%s is a condition on a column of users', (text, condition) => {
  expect(typedFilter(users, text)).toEqual({ condition, fault: null });
});

test('of logs, a result, an address, a network and an event are typed', () => {
  const typed = (text: string) => typedFilter(logs, text)?.condition;
  expect(typed('result:error')).toEqual({ column: 'payload.result', mode: 'is', value: 'Error' });
  expect(typed('ip address:10.0.0.0/8')).toEqual({
    column: 'payload.ip',
    mode: 'network',
    value: '10.0.0.0/8',
  });
  expect(typed('event:revoketoken')).toEqual({ column: 'key', mode: 'is', value: 'RevokeToken' });
});

test('a path in rows is typed as a column is, and what begins with no field of the list is not', () => {
  const plan = { column: 'customData.plan', mode: 'contains', value: 'pro' };
  for (const text of ['customData.plan: pro', 'customdata.plan:pro'])
    expect(typedFilter(users, text)).toEqual({ condition: plan, fault: null });
  expect(typedFilter(logs, 'payload.params.state: x')?.condition.column).toBe('payload.params.state');
  for (const text of ['kim.example: x', 'customData.: x', 'customData plan: x'])
    expect(typedFilter(users, text)).toBeNull();
});

test('a value that the column cannot have says what is wrong with it', () => {
  expect(typedFilter(users, 'suspended:perhaps')?.fault).toBe('boolean');
  expect(typedFilter(users, 'suspended:')?.fault).toBe('empty');
  expect(typedFilter(logs, 'time:the day before')?.fault).toBe('moment');
});

test('what a field can have is offered behind its colon, and no sign of a search line', () => {
  const offered = (list: typeof users, text: string) => {
    const typed = typedFilter(list, text);
    return typed && valuesTyped(list, text, typed);
  };
  expect(offered(users, 'suspended:')).toEqual({ from: 10, options: ['yes', 'no'] });
  expect(offered(users, 'suspended: y')).toEqual({ from: 11, options: ['yes'] });
  expect(offered(users, 'suspended:yes')?.options).toEqual([]);
  expect(offered(logs, 'result:')?.options).toEqual(['Success', 'Error']);
  expect(offered(users, 'customData.plan:')?.options).toEqual([]);
});

test('words, addresses and what the server searches by are not such conditions', () => {
  for (const text of ['kim', 'https://kim.example', 'email:kim', 'a:b', ':yes', 'nothing of that name:x'])
    expect(typedFilter(users, text)).toBeNull();
});

test('where the server looks for no words, a text stands for an option, an address, or a part of a name', () => {
  const first = (text: string) => suggestedFilters(logs, text)[0];
  expect(first('revoketoken')).toEqual({ field: 'key', mode: 'is', values: ['RevokeToken'] });
  expect(first('10.1.0.0/16')).toEqual({ field: 'payload.ip', mode: 'network', values: ['10.1.0.0/16'] });
  expect(suggestedFilters(logs, 'no such event')).toEqual([
    { field: 'key', mode: 'contains', values: ['no such event'] },
  ]);
  expect(suggestedFilters(logs, 'a')).toEqual([]);
  expect(suggestedFilters(logs, 'result:error')).toEqual([]);
  expect(suggestedFilters(logs, 'sign').length).toBeLessThanOrEqual(9);
});

test('a field that the list does not have is told before a colon, with the nearest', () => {
  expect(unknownFieldIn(logs, ' resutl: error')).toEqual({
    line: ' resutl: error',
    column: 2,
    reason: because('field.near', { field: 'resutl', near: 'Result' }),
  });
  const unknown = unknownFieldIn(logs, 'zzzzzz: x')?.reason;
  expect(unknown && 'detail' in unknown ? expect.fail('an error') : reasonSaid(unknown)).toMatch(
    /^there is no field "zzzzzz"; there are Time, Event, Result, /,
  );
  expect(suggestedFilters(logs, 'resutl: error')).toHaveLength(1);
  for (const text of ['result: error', 'sign in', 'https://a.test', '2001:db8::1', 'fe80::1', '10:30'])
    expect(unknownFieldIn(logs, text)).toBeNull();
});
