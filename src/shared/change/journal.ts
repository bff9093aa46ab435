import type { ErrorValue } from '../errors.ts';
import type { Outcome, PlannedRequest, Target, Values } from './change.ts';

/** One change as the journal has it. Times in unix ms. No value of it is a secret. */
export type JournalEntry = {
  /** From 1, in the order in which the requests left. */
  id: number;
  job: string;
  /** What the job was called. */
  title: string;
  /** The change's place in its plan. */
  number: number;
  user: string;
  host: string;
  door: 'desktop' | 'browser' | 'terminal';
  operation: string;
  target: Target;
  before: Values;
  after: Values;
  request: Pick<PlannedRequest, 'method' | 'path'>;
  /** Written before the request left. */
  sentAt: number;
  /** When it was known what came of it; null while nobody knows. */
  settledAt: number | null;
  outcome: Outcome | null;
  status: number | null;
  requestId: string | null;
  error: ErrorValue | null;
  /** What the server made of it: new ids, the ids that were really added. */
  made: Values;
  /** The entry that it undoes, and the one that undid it. */
  undoes: number | null;
  undoneBy: number | null;
  /** Until when what a delete took along is kept, encrypted; null where nothing is. */
  savedUntil: number | null;
};

/** Which entries are asked for; newest first. */
export type JournalAsked = {
  text?: string;
  operation?: string;
  outcome?: Outcome | 'open';
  job?: string;
  resource?: string;
  object?: string;
  from?: number;
  to?: number;
  offset: number;
  limit: number;
};
