import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isInPhone, isPhone, typedPhone } from './phone.ts';

const stored = '821011834274';

test.each([
  '+82 10-1183-4274',
  '+82 (0)10-1183-4274',
  '010-1183-4274',
  '(010) 1183.4274',
  '01011834274',
  '+821011834274',
  '0082 10 1183 4274',
  '82-10-1183-4274',
  '＋82 10 1183 4274',
  '\u202a+82 10 1183 4274\u202c',
  stored,
])('%s is the phone 821011834274', (text) => {
  const phone = typedPhone(text);
  expect(phone && isPhone(stored, phone)).toBe(true);
});

test.each(['+82 10-1183-4275', '1011834274', '+81 10-1183-4274'])('%s is another phone', (text) => {
  const phone = typedPhone(text);
  expect(phone && isPhone(stored, phone)).toBe(false);
});

test.each(['Kim', 'kim@corp.test', '12a34', '010', '+', '2026-11-20 08:30', ''])(
  '%j is not a phone number',
  (text) => {
    expect(typedPhone(text)).toBeNull();
  },
);

test('a number that begins with a zero is national, however it is written', () => {
  expect(typedPhone('010-1183-4274')).toEqual({ digits: '1011834274', kind: 'national' });
  // Written as one, it has to have as many digits as a national one.
  expect(typedPhone('01011834274')).toMatchObject({ kind: 'national' });
  expect(typedPhone('00000000')).toEqual({ digits: '00000000', kind: 'plain' });
});

/** A phone as it is stored, with the length of its country code. */
const phone = fc
  .tuple(
    fc.integer({ min: 1, max: 999 }).map(String),
    fc.integer({ min: 100_000, max: 99_999_999_999 }).map(String),
  )
  .map(([country, national]) => ({ country, national, whole: country + national }));

/** Digits with what people write between them. */
const spaced = (digits: string) =>
  fc
    .array(fc.constantFrom('', '', '', ' ', '-', '.', '/', '\u2011', '\u00a0', ' - '), {
      minLength: digits.length - 1,
      maxLength: digits.length - 1,
    })
    .map((gaps) => [...digits].map((digit, at) => digit + (gaps[at] ?? '')).join(''));

test('any writing of a phone, international or national, finds what is stored', () => {
  const written = phone.chain(({ country, national, whole }) =>
    fc
      .oneof(
        spaced(whole).map((text) => `+${text}`),
        spaced(whole).map((text) => `00 ${text}`),
        spaced(national).map((text) => `0${text}`),
        spaced(national).map((text) => `+${country} (0)${text}`),
        fc.constant(whole),
      )
      .map((text) => ({ text, whole })),
  );
  fc.assert(
    fc.property(written, ({ text, whole }) => {
      const typed = typedPhone(text);
      expect(typed && isPhone(whole, typed) && isInPhone(whole, typed)).toBe(true);
    }),
  );
});
