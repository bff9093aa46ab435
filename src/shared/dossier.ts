import type { ErrorValue } from './errors.ts';

/** The forms of a dossier: for programs, and for people. */
export const dossierFormats = ['json', 'html'] as const;
export type DossierFormat = (typeof dossierFormats)[number];

/**
 * How much of a section is there. `complete`: all of it, proved; `incomplete`: rows lack, or one of its lists could not be
 * read; `absent`: the tenant has no such list; `notCopied`: the offline copy, or the snapshot, has not; `failed`: nothing
 * of it could be read.
 */
export const sectionStates = ['complete', 'incomplete', 'absent', 'notCopied', 'failed'] as const;
export type SectionState = (typeof sectionStates)[number];

/** Why a list could not be read; `of`: the row below which it is. */
export type SectionError = ErrorValue & { of?: { id: string; name: string } };

/** True where nothing of a section lacks. */
export const isWhole = ({ state }: { state: SectionState }): boolean =>
  state === 'complete' || state === 'absent';
