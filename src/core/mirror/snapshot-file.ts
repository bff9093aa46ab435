import { z } from 'zod';
import { shortestPassphrase } from '../../shared/limits.ts';
import { wellFormed } from '../../shared/text.ts';

/** Ends of the names of files that hold snapshots; the desktop opens them by it. */
export const snapshotExtension = 'logtodesk';

/** Encrypts a snapshot. Short ones are guessed by whoever has the file. */
export const passphraseSchema = wellFormed.min(shortestPassphrase).max(1_024).nullable();

export const snapshotPath = z.string().min(1).max(4_096);
