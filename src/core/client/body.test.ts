import { expect, test } from 'vitest';
import { bytesOf, textOf } from './body.ts';

/** A body of parts, and how many of them were read. */
const bodyOf = (...parts: (string | Uint8Array)[]) => {
  const read = { parts: 0 };
  const body = (async function* () {
    for (const part of parts) {
      read.parts += 1;
      yield typeof part === 'string' ? Buffer.from(part) : part;
    }
  })();
  return { body, read };
};

test('a body is its parts, up to as many bytes as are read', async () => {
  expect(String(await bytesOf(bodyOf('abc', 'de'), 5, 'here'))).toBe('abcde');
  expect(await bytesOf({ body: null }, 5, 'here')).toHaveLength(0);
});

test('a longer one is refused by name, and not read to its end', async () => {
  const long = bodyOf('abc', 'def', 'ghi');
  await expect(bytesOf(long, 5, 'here')).rejects.toMatchObject({
    code: 'http.unreadable',
    detail: { where: 'here', reason: 'the answer is larger than 5 bytes' },
  });
  expect(long.read.parts).toBe(2);
});

test('of a refusal the beginning is read: enough for a line, from all of its parts', async () => {
  const refusal = bodyOf('a'.repeat(40_000), 'b'.repeat(24_000), 'never');
  expect(await textOf(refusal, false, 'here')).toBe('a'.repeat(40_000) + 'b'.repeat(24_000));
  expect(refusal.read.parts).toBe(2);
  expect(await textOf(bodyOf('a'.repeat(50_000), 'b'.repeat(50_000)), false, 'here')).toHaveLength(64_000);
});

test('a good answer is UTF-8, else nothing of it is taken; a refusal may be anything', async () => {
  const latin = Uint8Array.of(0x4d, 0xfc, 0x6c, 0x6c);
  await expect(textOf(bodyOf(latin), true, 'here')).rejects.toMatchObject({
    code: 'http.unreadable',
    detail: { where: 'here', reason: 'the answer is not UTF-8' },
  });
  expect(await textOf(bodyOf(latin), false, 'here')).toBe('M\uFFFDll');
  expect(await textOf(bodyOf('Mü', 'ller'), true, 'here')).toBe('Müller');
});
