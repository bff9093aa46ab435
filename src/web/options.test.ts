import fc from 'fast-check';
import { expect, test } from 'vitest';
import { webFlags } from './options.ts';

test('flags of the browser door', () =>
  expect(webFlags(['--no-open', '--port', '8080', '--data-dir=/x'])).toEqual({
    open: false,
    web: false,
    port: 8080,
    dataDir: '/x',
  }));

test.each([
  [['--prot', '80'], '--prot'],
  [['--port', 'http'], '--port'],
  [['--port', '65536'], '--port'],
  [['--port', '-1'], '--port'],
  [['--port'], '--port'],
  [['nonsense'], 'nonsense'],
])('%j is refused by its name', (words, where) =>
  expect(() => webFlags(words)).toThrow(
    expect.objectContaining({ code: 'usage.invalid', detail: expect.objectContaining({ where }) }),
  ),
);

test('any port of TCP is taken', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 65_535 }), (port) => {
      expect(webFlags(['--port', String(port)]).port).toBe(port);
    }),
  );
});
