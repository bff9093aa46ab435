import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import type { ShownJob } from '../../state/jobs';

/** What a job came to, in a line, and whether somebody has to look at it. */
export type Outcome = { text: string; bad: boolean };

/** How jobs of a kind are shown: an object of this shape in this folder, and a line in its `index.ts`. */
export type ShownKind<Of extends ShownJob = ShownJob> = {
  /** What one is called while it runs. */
  running(job: Of, t: TFunction): string;
  /** What one is called that ended, `tenant` by its name; absent: by its file. */
  ended?(job: Of, t: TFunction, tenant: string): string;
  /** How what it counts is said; absent: as rows. */
  counted?: { progress: 'changing.progress'; rate: 'changing.rate' };
  /** Nothing is discarded with one that broke off: what it did stays. */
  keepsAll?: boolean;
  /** What one that is done came to, in a line. */
  outcome(job: Of): Outcome;
  /** The same in full. `reveals`: the door can show files. */
  Result(props: { job: Of; reveals: boolean }): ReactNode;
};
