import type { Refusal } from '../change/checks.ts';
import { DeskError } from '../errors.ts';
import type { Reason } from '../reasons.ts';
import { createPhrases } from './index.ts';
import { reasonInWords, whyInWords } from './reason-words.ts';
import { faultsInWords } from './refusal-words.ts';

const { t } = createPhrases('en');

export const reasonSaid = (reason: Reason | null | undefined): string | undefined =>
  reason ? reasonInWords(t, reason) : undefined;

/** Why a piece of work is refused; throws where it is not. */
export const refusalOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof DeskError) return whyInWords(t, error.detail) ?? '';
    throw error;
  }
  throw new Error('it is not refused');
};

/** A refusal of a file's line, its faults in words in the place of what it is about. */
export const refusalSaid = ({ guard, about, faults }: Refusal): Omit<Refusal, 'faults'> => ({
  guard,
  about: faults ? faultsInWords(t, faults) : about,
});
