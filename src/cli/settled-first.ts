import type { Core } from '../core/core.ts';
import { tell } from './output.ts';
import { say } from './words.ts';

/**
 * The tenant of a command that works with the journal, once what a program that ended had sent, and could not note, is looked
 * at: until then the journal says of it that it is under way. What could not be looked at stays open, and that is said.
 */
export const settledFirst = async (core: Core, profile: string, signal: AbortSignal): Promise<string> => {
  const open = await core.changes.openEntries.settle(profile, signal);
  if (open > 0) tell(`desk: ${say('journal.stillOpen', { count: open })}`);
  return profile;
};
