import { expect, test } from 'vitest';
import { timeReport } from './time-report.ts';

const read = {
  met: 990,
  repeated: 0,
  before: 1_000,
  expected: 1_000,
  sightings: [],
  crowded: [],
  filter: 'time',
  span: { from: 1, to: 900 },
};
const query = { profile: 'p', resource: 'logs', filters: { time: ['100', '200'] } };

test('names the millisecond of logs that lack in a crowd, and the whole span of all others', () => {
  const { missing, lacks } = timeReport({ ...read, crowded: [{ time: 77, rows: 4 }] });
  expect(missing).toBe(10);
  expect(lacks).toEqual([
    { kind: 'missing', rows: 4, time: { from: 77, to: 77 } },
    { kind: 'missing', rows: 6, time: { from: 1, to: 900 } },
  ]);
});

test('counts a row that the server fails on once, however many windows it was met in', () => {
  const which = { place: 3, before: 150, after: 120 };
  const sightings = [
    { which, query },
    { which: { ...which, place: 0 }, query },
  ];
  const { missing, unreadable, lacks } = timeReport({ ...read, met: 999, sightings });
  expect([missing, unreadable]).toEqual([0, 1]);
  expect(lacks).toEqual([{ kind: 'unreadable', rows: 1, time: { from: 120, to: 150 } }]);
});

test('names a row at a window’s edge by the window', () => {
  const which = { place: 0, before: null, after: null };
  const { lacks } = timeReport({ ...read, met: 999, sightings: [{ which, query }] });
  expect(lacks).toEqual([{ kind: 'unreadable', rows: 1, time: { from: 100, to: 200 } }]);
});
