import { DeskError } from '../../../shared/errors.ts';
import { isTooLarge } from '../../client/size.ts';

/**
 * What a file may have in it. A file may come from anybody: what is larger is refused before it fills the memory, and
 * nothing that an operator imports comes near.
 */
export const limits = {
  /** Bytes of the file. */
  bytes: 256 << 20,
  /** Lines with values. */
  lines: 200_000,
  columns: 300,
  /** Characters of a heading. */
  heading: 200,
  /** Characters of a line; the server takes bodies up to 1 MiB. */
  line: 2 << 20,
  /** Bytes of a part of an Excel file once it is unpacked, and how many times its packed size that may be at most. */
  unpacked: 1 << 30,
  ratio: 200,
  /** The same for its parts other than rows: its structure, and how cells look. */
  unpackedHead: 64 << 20,
  /** Characters of all texts that an Excel file keeps apart from its sheets, and as how many each counts at least. */
  sharedText: 128 << 20,
  sharedTextLeast: 64,
  /** Values of a line or a cell that is JSON, and their levels: what nests deeper overflows whoever writes it out. */
  jsonValues: 200_000,
  jsonDepth: 60,
  /** Attributes of an element. */
  attributes: 200,
} as const;

/** `where`: the file's name. */
export const tooLarge = (where: string, reason: string) =>
  new DeskError('import.too_large', { where, reason });

/** `reason`: what is wrong, with the line where it is. */
export const unreadable = (where: string, reason: string, cause?: unknown) =>
  new DeskError('import.unreadable', { where, reason }, { cause });

/** What a text says that is JSON; undefined where it is none, or has more in it than a line may have. */
export const jsonIn = (text: string): unknown => {
  if (isTooLarge(text, Number.POSITIVE_INFINITY, limits.jsonValues, limits.jsonDepth)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
