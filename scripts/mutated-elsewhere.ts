import { beforeAll, inject } from 'vitest';

/** Stryker tells by this which mutant is meant wherever no runner of its own is. */
const variable = '__STRYKER_ACTIVE_MUTANT__';

/** The mutant of the runner is the one of the threads and programs that its tests start, too. */
beforeAll(() => {
  const mutant = (inject as (name: string) => unknown)('activeMutant');
  if (typeof mutant === 'string') process.env[variable] = mutant;
  else delete process.env[variable];
});
