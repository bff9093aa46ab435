import { createReadStream, createWriteStream, readSync } from 'node:fs';
import { Writable } from 'node:stream';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { DeskError } from '../../shared/errors.ts';

/** How every file of age begins (https://age-encryption.org/v1). */
const ageHeader = 'age-encryption.org/v1\n';

/** Work that a passphrase may cost, as a power of two: what `seal` takes. One more doubles time and memory (256 MB). */
const mostWork = 18;

/** The header of a file with a passphrase: one recipient, its salt and work, its key, the header's own sum. */
const passphraseHeader =
  /^age-encryption\.org\/v1\n-> scrypt [A-Za-z0-9+/]{22} ([1-9]\d?)\n[A-Za-z0-9+/]{43}\n--- [A-Za-z0-9+/]{43}\n/;

const startOf = (file: number, length: number): string => {
  const start = Buffer.alloc(length);
  return start.toString('latin1', 0, readSync(file, start, 0, length, 0));
};

/** True for a file (a descriptor) that is encrypted with age. Throws what the system says when it cannot be read. */
export const isEncrypted = (file: number): boolean => startOf(file, ageHeader.length) === ageHeader;

/** The pieces of a file. Node's own web streams are another type than a page's, which age takes. */
const bytesOf = (path: string, file?: number): ReadableStream<Uint8Array> => {
  const read = createReadStream(path, file === undefined ? {} : { fd: file, start: 0, autoClose: false });
  const pieces = read.iterator();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await pieces.return?.();
    },
  });
};

const into = async (stream: ReadableStream<Uint8Array>, path: string) => {
  const file = createWriteStream(path, { mode: 0o600, flags: 'wx' });
  await (stream as WebStream<Uint8Array>).pipeTo(Writable.toWeb(file));
};

/** Loaded when a snapshot has a passphrase: the mirror's worker, which every start has, is there the sooner without it. */
const age = () => import('age-encryption');

/** Encrypts a file with a passphrase; whoever has age or rage opens it, too. */
export const seal = async (from: string, to: string, passphrase: string): Promise<void> => {
  const { Encrypter } = await age();
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  encrypter.setScryptWorkFactor(mostWork);
  await into(await encrypter.encrypt(bytesOf(from)), to);
};

/** Copies an open file as it is. */
export const copyPlain = (file: number, to: string): Promise<void> => into(bytesOf('', file), to);

/**
 * Decrypts an open file (a descriptor) to `to`; `shown` is its path. Throws `snapshot.passphrase` without a passphrase or
 * with a wrong one, `snapshot.damaged`.
 */
export const openEncrypted = async (
  file: number,
  to: string,
  passphrase: string | null,
  shown: string,
): Promise<void> => {
  // Before the passphrase is tried: a header can ask for gigabytes and minutes.
  const [, work] = passphraseHeader.exec(startOf(file, 512)) ?? [];
  if (work === undefined || Number(work) > mostWork) {
    const reason = work === undefined ? 'it has no header of a passphrase' : `its passphrase costs 2^${work}`;
    throw new DeskError('snapshot.damaged', { where: shown, reason });
  }
  if (passphrase === null) throw new DeskError('snapshot.passphrase', { where: shown });
  const { Decrypter } = await age();
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  const opened = await decrypter.decrypt(bytesOf('', file)).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : '';
    // A header that no passphrase can open was changed, or another passphrase made it.
    throw new DeskError('snapshot.passphrase', { where: shown, reason }, { cause: error });
  });
  await into(opened, to).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== undefined) throw error;
    const reason = error instanceof Error ? error.message : '';
    throw new DeskError('snapshot.damaged', { where: shown, reason }, { cause: error });
  });
};
