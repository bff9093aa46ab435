import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { createElement, type ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, expect, test, vi } from 'vitest';
import { pageInNode } from '../page-in-node';
import type { ShownJob } from '../state/jobs';
import { queries } from '../state/queries';
import type * as Ended from './EndedJob';
import type * as Names from './jobs';
import type * as Kinds from './kinds';
import type { ShownKind } from './kinds/kind';
import type * as Outcomes from './outcome';

const Counted: ShownKind['Result'] = ({ job, reveals }) =>
  `counted to ${job.result?.rows}${reveals ? ', to be seen' : ''}`;

/** How a kind is shown that the list of kinds lacks. */
const countKind: ShownKind = {
  running: ({ total }) => `Counting to ${total}`,
  ended: ({ rows }, _t, tenant) => `${rows} numbers of ${tenant}`,
  outcome: ({ rows }) => ({ text: `${rows} counted`, bad: rows < 10 }),
  Result: Counted,
};

vi.mock('./kinds', async (original) => ({
  shownKinds: { ...(await original<typeof Kinds>()).shownKinds, count: countKind },
}));

let parts: typeof Ended & typeof Names & typeof Outcomes;

beforeAll(async () => {
  pageInNode(() => {
    throw new Error('no core is asked');
  });
  parts = { ...(await import('./EndedJob')), ...(await import('./jobs')), ...(await import('./outcome')) };
}, 60_000);

const drawn = (part: ReactNode) =>
  renderToStaticMarkup(
    createElement(QueryClientProvider, { client: queries }, createElement(MantineProvider, null, part)),
  ).replace(/<style.*?<\/style>/gs, '');

/** A job as the core tells it: no type knows of its kind. */
const jobOf = (known: object): ShownJob =>
  JSON.parse(
    JSON.stringify({
      id: '1',
      kind: 'count',
      title: 'numbers',
      profile: 'prod',
      rows: 3,
      total: 10,
      part: null,
      state: 'running',
      run: '',
      fileName: '',
      endedAt: null,
      resumable: false,
      result: null,
      error: null,
      ...known,
    }),
  );

const Named = ({ job }: { job: ShownJob }) => parts.useJobName()(job);

test('a kind of job is one object and one line: its name, what it came to in a line, and in full', () => {
  const running = jobOf({});
  expect(drawn(createElement(Named, { job: running }))).toBe('Counting to 10');
  expect(parts.rowsInWords(running)).toBe('3 of 10 rows');

  const done = jobOf({ state: 'done', rows: 10, endedAt: 1, result: { rows: 10 } });
  expect(drawn(createElement(Named, { job: done }))).toBe('10 numbers of prod');
  expect(parts.outcomeOfJob(done)).toEqual({ text: '10 counted', bad: false });
  expect(drawn(createElement(parts.EndedJob, { job: done, reveals: true }))).toBe(
    'counted to 10, to be seen',
  );
  const lacking = jobOf({ state: 'done', rows: 4, endedAt: 2 });
  expect(parts.toldOf([done, lacking], 0)?.job).toBe(lacking);
});
