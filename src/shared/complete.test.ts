import { expect, test } from 'vitest';
import { canBringMore, isComplete } from './complete.ts';

const none = { missing: 0, unproven: 0, unreadable: 0, uncounted: 0 };

test('another try is offered where rows lack that a server may give, and for nothing else', () => {
  for (const lacking of [{ missing: 1 }, { unproven: 1 }, { unreadable: 1 }, { joined: { whole: false } }]) {
    expect(isComplete({ ...none, ...lacking })).toBe(false);
    expect(canBringMore({ ...none, ...lacking })).toBe(true);
  }
  // A proxy drops the count again; a copy has what it has.
  for (const other of [{ uncounted: 1 }, { missing: 1, mirror: { whole: false } }]) {
    expect(isComplete({ ...none, ...other })).toBe(false);
    expect(canBringMore({ ...none, ...other })).toBe(false);
  }
  expect(canBringMore(none)).toBe(false);
});
