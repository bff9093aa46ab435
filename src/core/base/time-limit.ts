import { createContext, Script } from 'node:vm';

/** The work was stopped in its midst. */
export class TimeLimitError extends Error {}

const context = createContext({ work: () => {} });
const script = new Script('work()');

/**
 * Runs what strangers may make endless, as an expression is, for `ms` at most: it is then stopped wherever it is, in the
 * midst of a match too. Throws `TimeLimitError`.
 */
export const withinTime = <Result>(ms: number, work: () => Result): Result => {
  const before = context.work;
  const results: { value: Result }[] = [];
  context.work = () => {
    results.push({ value: work() });
  };
  try {
    script.runInContext(context, { timeout: ms });
  } catch (error) {
    // It comes from the other context, whose `Error` is another one.
    if ((error as { code?: unknown } | null)?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT')
      throw new TimeLimitError(`stopped after ${ms} ms`);
    throw error;
  } finally {
    context.work = before;
  }
  const [done] = results;
  if (!done) throw new TimeLimitError('stopped before it began');
  return done.value;
};
