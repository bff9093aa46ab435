import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { expect, test } from 'vitest';
import { beginningsOf, isInNetwork, isNetwork, isPublicAddress } from './network.ts';

test.each([
  ['10.1.2.3', '10.0.0.0/8', true],
  ['11.1.2.3', '10.0.0.0/8', false],
  ['203.0.113.9', '203.0.113.9', true],
  ['203.0.113.10', '203.0.113.9', false],
  ['192.168.1.77', '10.0.0.0/8, 192.168.1.64/26', true],
  ['192.168.1.7', '10.0.0.0/8, 192.168.1.64/26', false],
  ['2001:db8:7::1', '2001:db8::/32', true],
  ['2001:DB8:0007:0:0:0:0:1', '2001:db8:7::1', true],
  ['2001:db9::1', '2001:db8::/32', false],
  ['::ffff:10.1.2.3', '10.0.0.0/8', true],
  ['::ffff:10.1.2.3', '::ffff:10.1.2.3', true],
  ['10.1.2.3', '::ffff:10.0.0.0/104', true],
  ['11.1.2.3', '::ffff:10.0.0.0/104', false],
  ['10.1.2.3', '::/0', false],
  ['::1', '0.0.0.0/0', false],
  ['fe80::1%eth0', 'fe80::/10', true],
  ['not an address', '0.0.0.0/0', false],
  ['', '0.0.0.0/0', false],
  ['1', '0.0.0.0/0', false],
])('%s in %s: %s', (address, network, expected) => expect(isInNetwork(address, network)).toBe(expected));

test.each(['10.0.0.0/8', '10.1.2.3', '::1', '2001:db8::/32, 10.0.0.1'])('%s is a network', (text) =>
  expect(isNetwork(text)).toBe(true),
);

test.each([
  '',
  '10.0.0.0/33',
  '10.1',
  '0x7f.0.0.1',
  '10.0.0.0/8,',
  'office',
  '10.0.0.0/-1',
  '::/129',
  '/8',
  // Short, octal, and as one number: they would be read as networks that nobody meant.
  '10/8',
  '192.168/16',
  '192.168.1/24',
  '010.0.0.0/8',
  '167772160/8',
  '::ffff:010.0.0.1',
  '10.0.0.0/08',
])('"%s" is none, and no address is in it', (text) => {
  expect(isNetwork(text)).toBe(false);
  expect(isInNetwork('10.0.0.1', text)).toBe(false);
});

test('what only looks like many networks ends, for every row and every condition', () => {
  const texts = [
    ','.repeat(60_000),
    '1,'.repeat(30_000),
    `10.0.0.${'1'.repeat(60_000)}`,
    '10.0.0.0/8,'.repeat(8_000),
  ];
  // Each of them is read once, not for every row: that took minutes.
  for (let row = 0; row < 5_000; row += 1)
    for (const text of texts) expect(isInNetwork('10.0.0.1', text)).toBe(false);
  const most = Array.from({ length: 256 }, (_, n) => `10.${n}.0.0/16`).join(', ');
  expect(isInNetwork('10.255.0.1', most)).toBe(true);
  expect(isNetwork(`${most},10.0.0.1`)).toBe(false);
});

test.each([
  '127.0.0.1',
  '0.0.0.0',
  '10.0.0.1',
  '100.64.0.1',
  '169.254.169.254',
  '192.168.0.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::127.0.0.1',
  '::7f00:1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  'fe80::1',
  'fec0::1',
  'fd00::1',
  'ff02::1',
  '2001::1',
  '2001:db8::1',
  '5f00::1',
  'localhost',
  '',
])('%s is not of the public network', (address) => expect(isPublicAddress(address)).toBe(false));

test.each(['1.1.1.1', '203.0.112.1', '2606:4700::1111', '2a00:1450::1'])('%s is', (address) =>
  expect(isPublicAddress(address)).toBe(true),
);

test('an address is in a network where the library says so, and what only looks like one is in none', () => {
  const part = fc.oneof(fc.integer({ min: 0, max: 300 }).map(String), fc.constantFrom('', '00', '01', '1x'));
  const like = fc.array(part, { minLength: 3, maxLength: 5 }).map((parts) => parts.join('.'));
  const bits = fc.integer({ min: 0, max: 32 });
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), like), fc.ipV4(), bits, (entered, network, length) => {
      const isOne = ipaddr.IPv4.isValidFourPartDecimal(entered);
      const isIn = isOne && ipaddr.IPv4.parse(entered).match(ipaddr.IPv4.parse(network), length);
      expect(isInNetwork(entered, `${network}/${length}`)).toBe(isIn);
    }),
    { numRuns: 2_000 },
  );
});

test('what is in a network begins as one that is, and little else does', () => {
  const part = fc.nat(255);
  fc.assert(
    fc.property(fc.ipV4(), fc.integer({ min: 0, max: 32 }), part, part, part, (network, length, a, b, c) => {
      const [first = '', second = ''] = network.split('.');
      const begins = beginningsOf(`${network}/${length}`);
      for (const address of [`${first}.${second}.${a}.${b}`, `${first}.${a}.${b}.${c}`, network])
        if (begins && isInNetwork(address, `${network}/${length}`))
          expect(begins.some((beginning) => address.startsWith(beginning))).toBe(true);
    }),
  );
  expect(beginningsOf('203.0.5.7/22')).toEqual(['203.0.4.', '203.0.5.', '203.0.6.', '203.0.7.']);
  expect(beginningsOf('::ffff:203.0.5.7/118')).toEqual(beginningsOf('203.0.5.7/22'));
  expect(beginningsOf('10.0.0.0/8, 192.168.0.0/16, 1.2.3.4, 2001:db8::/32')).toEqual([
    '10.',
    '192.168.',
    '1.2.3.',
  ]);
  expect(beginningsOf('254.0.0.0/7')).toEqual(['254.', '255.']);
  for (const unknown of ['0.0.0.0/0', 'nothing', '10.0.0.0/8, nothing', ''])
    expect(beginningsOf(unknown)).toBeNull();
  // More of them would be looked for longer than the rows themselves.
  const halves = Array.from({ length: 9 }, (_, at) => `10.${at}.0.0/17`);
  expect(beginningsOf(halves.slice(1).join())).toHaveLength(1_024);
  expect(beginningsOf(halves.join())).toBeNull();
});
