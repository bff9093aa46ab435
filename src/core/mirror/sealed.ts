import { closeSync, createReadStream, createWriteStream, openSync, readSync } from 'node:fs';
import { Readable, Writable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { Decrypter, Encrypter } from 'age-encryption';
import { DeskError } from '../../shared/errors.ts';

/** How every file of age begins (https://age-encryption.org/v1). */
const ageHeader = 'age-encryption.org/v1\n';

/** True for a file that is encrypted with age. Throws what the system says when it cannot be read. */
export const isSealed = (path: string): boolean => {
  const file = openSync(path, 'r');
  try {
    const start = Buffer.alloc(ageHeader.length);
    readSync(file, start, 0, start.length, 0);
    return start.toString('latin1') === ageHeader;
  } finally {
    closeSync(file);
  }
};

const bytesOf = (path: string) =>
  Readable.toWeb(createReadStream(path)) as unknown as globalThis.ReadableStream<Uint8Array>;

const into = async (stream: globalThis.ReadableStream<Uint8Array>, path: string) => {
  const file = createWriteStream(path, { mode: 0o600, flags: 'wx' });
  await (stream as ReadableStream<Uint8Array>).pipeTo(Writable.toWeb(file));
};

/** Encrypts a file with a passphrase; whoever has age or rage opens it, too. */
export const seal = async (from: string, to: string, passphrase: string): Promise<void> => {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  await into(await encrypter.encrypt(bytesOf(from)), to);
};

/** Decrypts a file. Throws `snapshot.passphrase` without one or with a wrong one, `snapshot.damaged`. */
export const openSealed = async (from: string, to: string, passphrase: string | null): Promise<void> => {
  if (passphrase === null) throw new DeskError('snapshot.passphrase', { where: from });
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  const opened = await decrypter.decrypt(bytesOf(from)).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : '';
    // A header that no passphrase can open was changed, or another passphrase made it.
    throw new DeskError('snapshot.passphrase', { where: from, reason }, { cause: error });
  });
  await into(opened, to).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== undefined) throw error;
    const reason = error instanceof Error ? error.message : '';
    throw new DeskError('snapshot.damaged', { where: from, reason }, { cause: error });
  });
};
