import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exceptedBy } from './no-proxy.ts';

const isExcepted = (noProxy: string, url: string) => exceptedBy(noProxy)(new URL(url));

test.each([
  ['10.0.0.0/8', 'https://10.20.30.40', true],
  ['10.0.0.0/8', 'https://11.0.0.1', false],
  ['10.0.0.0/8', 'https://ten.example', false],
  ['10.*', 'https://10.1.2.3:3001', true],
  ['10.*', 'https://110.1.2.3', false],
  ['192.168.7.3', 'http://192.168.7.3:3001', true],
  ['192.168.7.3:3001', 'http://192.168.7.3:3002', false],
  ['fd00::/8', 'http://[fd12::1]:3001', true],
  ['::1', 'http://[::1]', true],
  ['[::1]:3001', 'http://[::1]:3001', true],
  ['[::1]:3001', 'http://[::1]', false],
  ['example.com', 'https://auth.example.com', true],
  ['example.com', 'https://example.com', true],
  ['example.com', 'https://notexample.com', false],
  ['.example.com', 'https://auth.example.com', true],
  ['*.example.com', 'https://a.b.example.com', true],
  ['example.com:8443', 'https://auth.example.com:8443', true],
  ['example.com:443', 'https://auth.example.com', true],
  ['example.com:8443', 'https://auth.example.com', false],
  ['EXAMPLE.com', 'https://Auth.Example.COM.', true],
  ['logto-*.corp', 'https://logto-eu.corp', true],
  ['*', 'https://anything.example', true],
  ['a.example, b.example  c.example', 'https://c.example', true],
  ['', 'https://a.example', false],
  [',,', 'https://a.example', false],
  ['10.0.0.0/99', 'https://10.0.0.1', false],
  ['4', 'https://1.2.3.4', false],
])('NO_PROXY=%s and %s: %s', (noProxy, url, excepted) => expect(isExcepted(noProxy, url)).toBe(excepted));

const octets = fc.tuple(...Array.from({ length: 4 }, () => fc.integer({ min: 0, max: 255 })));
const label = fc.stringMatching(/^[a-z]([a-z0-9-]{0,8}[a-z0-9])?$/);

test('a network excepts just the addresses that share its first bits', () => {
  const number = (parts: readonly number[]) => parts.reduce((sum, part) => sum * 256 + part, 0);
  fc.assert(
    fc.property(octets, octets, fc.integer({ min: 0, max: 32 }), (network, address, bits) => {
      const size = 2 ** (32 - bits);
      const shares = Math.floor(number(network) / size) === Math.floor(number(address) / size);
      expect(isExcepted(`${network.join('.')}/${bits}`, `http://${address.join('.')}`)).toBe(shares);
    }),
  );
});

test('a name excepts itself and what is below it, with or without a leading dot, and no other name', () => {
  const names = fc.array(label, { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(names, names, fc.constantFrom('', '.', '*.'), (domain, more, lead) => {
      const [base, other] = [`${domain.join('.')}.example`, `${more.join('.')}.test`];
      expect(isExcepted(lead + base, `https://${base}`)).toBe(true);
      expect(isExcepted(lead + base, `https://${more.join('.')}.${base}`)).toBe(true);
      expect(isExcepted(lead + base, `https://x${base}`)).toBe(false);
      expect(isExcepted(lead + base, `https://${other}`)).toBe(false);
    }),
  );
});

test('a port excepts that port only', () => {
  const port = fc.integer({ min: 1, max: 65_535 });
  fc.assert(
    fc.property(port, port, label, (one, other, name) => {
      expect(isExcepted(`${name}.example:${one}`, `http://${name}.example:${other}`)).toBe(one === other);
    }),
  );
});

test('any text is read without an error', () => {
  fc.assert(fc.property(fc.string(), (text) => void isExcepted(text, 'https://a.example')));
});
