import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  importFieldNamed,
  importFieldOf,
  memberImportFields,
  userImportFields,
} from '../../../shared/change/import-fields.ts';
import { userColumns as titles } from '../../../shared/phrases/en/catalog/columns.ts';
import { reasonSaid } from '../../../shared/phrases/testing.ts';
import { secretMask } from '../../../shared/row.ts';
import { algorithmOf, isDigest } from './digests.ts';
import { leftOut, mappingOf } from './mapping.ts';
import { readCell } from './values.ts';

const fieldOf = (id: string) => importFieldOf(userImportFields, id) ?? expect.fail(id);
const read = (id: string, cell: Parameters<typeof readCell>[1]) => {
  const result = readCell(fieldOf(id), cell);
  return 'fault' in result ? reasonSaid(result.fault) : result.value;
};

test.each([
  ['E-Mail', 'primaryEmail'],
  ['email_address', 'primaryEmail'],
  ['Given Name', 'profile.givenName'],
  ['given_name', 'profile.givenName'],
  ['phone_number', 'primaryPhone'],
  ['primary_email_address', 'primaryEmail'],
  ['password_digest', 'passwordDigest'],
  ['password_hasher', 'passwordAlgorithm'],
  ['passwordHash', 'passwordDigest'],
  ['picture', 'avatar'],
  ['customData.plan', 'customData.plan'],
  ['Custom data.Plan', 'customData.Plan'],
  ['profile.birthdate', 'profile.birthdate'],
  ['Suspended', 'isSuspended'],
  ['Notes', undefined],
  ['email_verified', undefined],
  ['', undefined],
])('the heading "%s" means %s', (heading, id) =>
  expect(importFieldNamed(userImportFields, heading)?.id).toBe(id),
);

test('titles that a grid has for what can be written are headings that are understood', () => {
  for (const id of ['primaryEmail', 'primaryPhone', 'name', 'username', 'isSuspended', 'avatar'] as const)
    expect(importFieldNamed(userImportFields, titles[id])?.id).toBe(id);
});

test('no heading means two fields', () => {
  for (const fields of [userImportFields, memberImportFields]) {
    const all = fields.flatMap(({ id, headings = [] }) => [
      ...new Set([id, ...headings].map((one) => one.toLowerCase().replace(/\W/g, ''))),
    ]);
    expect(all.filter((one, at) => all.indexOf(one) !== at)).toEqual([]);
  }
});

test('columns are mapped as the operator says, then as before, then by their headings; what fills nothing is named', () => {
  const headings = ['Mail', 'Who', 'Note', 'Plan', ''];
  const mapping = mappingOf(headings, userImportFields, {
    map: { Who: 'name', Note: '' },
    remembered: { Plan: 'customData.plan', Mail: '' },
    name: 'a.csv',
  });
  expect(mapping.columns.map(({ field }) => field?.id ?? null)).toEqual([
    null,
    'name',
    null,
    'customData.plan',
    null,
  ]);
  expect(leftOut(mapping)).toEqual(['Mail', 'Note', '(5)']);
});

test.each([
  [{ Mial: 'primaryEmail' }, 'no column is called "Mial"'],
  [{ Mail: 'primaryEmial' }, 'there is no field "primaryEmial"; did you mean "primaryEmail"?'],
  [{ Mail: 'profile.shoeSize' }, /there is no field "profile.shoeSize"/],
  [{ Mail: 'name', Name: 'name' }, '"Mail" and "Name" both fill name; leave one out'],
])('a mapping %o is refused', (map, reason) =>
  expect(() => mappingOf(['Mail', 'Name'], userImportFields, { map, name: 'a.csv' })).toThrow(
    expect.objectContaining({
      code: 'import.columns',
      detail: { where: 'a.csv', reason: typeof reason === 'string' ? reason : expect.stringMatching(reason) },
    }),
  ),
);

test('two columns that mean one field are refused until one is left out', () => {
  expect(() => mappingOf(['Mail', 'E-mail'], userImportFields, { name: 'a.csv' })).toThrow(
    /both fill primaryEmail/,
  );
  expect(
    leftOut(
      mappingOf(['Mail', 'E-mail'], userImportFields, { name: 'a.csv', map: { Mail: 'primaryEmail' } }),
    ),
  ).toEqual(['E-mail']);
});

test.each([
  ['primaryPhone', '+82 10-1183-4274', '821011834274'],
  ['primaryPhone', '0082 (0)10 1183 4274', '821011834274'],
  ['primaryPhone', 821_011_834_274, '821011834274'],
  ['primaryPhone', '010-1183-4274', 'a phone number without its country code'],
  ['primaryPhone', 'call me', 'not a phone number'],
  ['name', '  Ｊose\u0301 ', 'Ｊosé'],
  ['name', 12, '12'],
  ['name', 1e21, 'a number that its file has rounded'],
  ['name', { a: 1 }, 'not text'],
  ['isSuspended', 'Yes', true],
  ['isSuspended', false, false],
  ['isSuspended', 0, false],
  ['isSuspended', 'maybe', 'neither true nor false'],
  ['profile.birthdate', '1990-12-31', '1990-12-31'],
  ['profile.birthdate', '31/12/1990', 'not a date such as 1990-12-31'],
  ['customData', '{"a":[1]}', { a: [1] }],
  ['customData', '[1]', 'not a JSON object'],
  ['customData.n', '5', 5],
  ['customData.n', '007', '007'],
  ['customData.n', '12345678901234567890', '12345678901234567890'],
  ['customData.n', 'true', true],
  ['customData.n', '"5"', '5'],
  ['customData.n', 'pro', 'pro'],
  ['customData.n', '{broken', '{broken'],
  ['customData.n', 7, 7],
  ['roles', 'Admin; Editor ;;Admin', ['Admin', 'Editor']],
  ['roles', '["A;B","C"]', ['A;B', 'C']],
  ['roles', { a: 1 }, 'not a list of names'],
  ['password', ' with blanks ', ' with blanks '],
  ['customData.key', secretMask, 'a secret that an export has masked'],
] as const)('%s: %o is read as %o', (id, cell, value) => expect(read(id, cell as never)).toEqual(value));

test('whatever custom data is, its text in a cell is read as it was', () =>
  fc.assert(
    fc.property(
      fc.oneof(fc.boolean(), fc.integer(), fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 })),
      (value) => {
        const text = JSON.stringify(value);
        fc.pre(!text.includes('__proto__') && text === text.normalize('NFC'));
        // JSON knows no −0.
        expect(read('customData.x', text)).toEqual(JSON.parse(text));
      },
    ),
  ));

const bcrypt = '$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy';
test.each([
  [bcrypt, '', 'Bcrypt'],
  [bcrypt, 'bcrypt', 'Bcrypt'],
  ['$argon2id$v=19$m=4096,t=3,p=1$c2FsdHNhbHQ$aGFzaGhhc2g', '', 'Argon2id'],
  ['0cc175b9c0f1b6a831c399e269772661', 'md5', 'MD5'],
  ['0cc175b9c0f1b6a831c399e269772661', '', null],
  ['["sha256",["@"],"ca978112"]', '', 'Legacy'],
  ['x', 'scrypt_firebase', null],
  ['86f7e437faa5a7fce15d1ddcb9eaeaea377667b8', 'SHA-1', 'SHA1'],
])('the digest %s with the algorithm "%s" is %s', (digest, said, algorithm) => {
  expect(algorithmOf(digest, said)).toBe(algorithm);
  if (algorithm) expect(isDigest(digest, algorithm as 'MD5')).toBe(true);
});

test('a digest that is none of its algorithm is told', () => {
  expect(isDigest('garbage', 'Bcrypt')).toBe(false);
  expect(isDigest(bcrypt, 'MD5')).toBe(false);
});
