import { afterAll, beforeAll, expect, test } from 'vitest';
import { addSimulator, type TestCore, testCore } from '../../../doors/testing.ts';
import { userImportFields } from '../../../shared/change/import-fields.ts';
import { refusalSaid } from '../../../shared/phrases/testing.ts';
import { type Simulator, startSimulator } from '../../../simulator/server.ts';
import { openImport } from './file.ts';
import { type Mapped, mappingOf } from './mapping.ts';
import { namedIds } from './named-ids.ts';
import { folderFor } from './testing.ts';
import { type UsersAsked, usersOf } from './users.ts';

let simulator: Simulator;
let held: TestCore;
let profile: string;

beforeAll(async () => {
  simulator = await startSimulator({ users: 700, logs: 1, tied: [0, 0] });
  held = testCore();
  profile = (await addSimulator(held.core, simulator)).id;
});
afterAll(async () => {
  await held[Symbol.asyncDispose]();
  await simulator[Symbol.asyncDispose]();
});

const bcrypt = '$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy';

/** What a file comes to, a line each: its number, and what shall be done or why not. */
const dryRun = async (content: string, asked: UsersAsked = {}, map: Mapped = {}, name = 'people.csv') => {
  using files = folderFor();
  await using file = await openImport(files.write(name, content));
  const session = await held.core.sessionOf(profile);
  const read = (query: Parameters<typeof held.core.pages.page>[0]['query'], index: number) =>
    held.core.pages.page({ query, index }, {});
  const results = await usersOf(file, mappingOf(file.headings, userImportFields, { map, name }), asked, {
    profile,
    read,
    async user(userId, { digest }) {
      const { body } = await session.api.read('/api/users/{userId}', {
        path: { userId },
        params: digest ? [['includePasswordHash', 'true']] : [],
      });
      return body as Record<string, unknown>;
    },
    roles: namedIds(profile, 'roles', read),
  });
  return results.map(({ line, id, refusal, drafts }) => ({
    line,
    ...(id ? { id } : {}),
    ...(refusal ? { refusal: refusalSaid(refusal) } : {}),
    ...(drafts.length > 0 ? { drafts: drafts.map(({ operation, after }) => [operation, after]) } : {}),
  }));
};

const user = (at: number) => simulator.tenant.users[at] ?? expect.fail('no such user');

test('a line is a user to create, fields to change, nothing to do, or refused, each by its line', async () => {
  const [one, two, three] = [user(10), user(11), user(12)];
  const csv = [
    'E-mail;Name;Phone;Given name;customData.plan;Note',
    `${one.primaryEmail?.toUpperCase()};${one.name};;;;unchanged`,
    `${two.primaryEmail};Other Name;;Ada;pro;changed`,
    `new@import.test;New One;+82 10-9999-1234;;true;created`,
    `not-mail;X;010-1234-5678;;;refused`,
    `${three.primaryEmail};too;many;cells;in;this;line`,
  ].join('\n');
  expect(await dryRun(csv)).toEqual([
    { line: 2, id: one.id },
    {
      line: 3,
      id: two.id,
      drafts: [
        [
          'users.update',
          {
            name: 'Other Name',
            profile: { ...two.profile, givenName: 'Ada' },
            customData: { ...two.customData, plan: 'pro' },
          },
        ],
      ],
    },
    {
      line: 4,
      drafts: [
        [
          'users.create',
          {
            primaryEmail: 'new@import.test',
            name: 'New One',
            primaryPhone: '821099991234',
            customData: { plan: true },
          },
        ],
      ],
    },
    {
      line: 5,
      refusal: {
        guard: 'invalid-value',
        about: 'E-mail: not valid · Phone: a phone number without its country code',
      },
    },
    { line: 6, refusal: { guard: 'unreadable-line', about: '7 cells under 6 headings' } },
  ]);
});

test('a line that is wrong in several columns is refused with all of them', async () => {
  const csv = `email,phone,suspended,username,name,website\nnobody,0170 1234,perhaps,1a,${'x'.repeat(200)},\n`;
  expect(await dryRun(csv)).toEqual([
    {
      line: 2,
      refusal: {
        guard: 'invalid-value',
        about:
          'email: not valid · phone: a phone number without its country code · suspended: neither true nor false · username: not valid · name: too long',
      },
    },
  ]);
});

test('two lines for one user are refused, and both are named, also by different keys and far apart', async () => {
  const [one, two] = [user(20), user(21)];
  const between = Array.from({ length: 600 }, (_, n) => `b${n}@import.test,`).join('\n');
  const csv = `email,username\n${one.primaryEmail},\nA@import.test,\n${between}\na@import.test,\n${one.primaryEmail},${two.username}\n`;
  const refused = (await dryRun(csv)).filter(({ refusal }) => refusal);
  expect(refused).toEqual([
    { line: 2, id: one.id, refusal: { guard: 'several-lines', about: '605 primaryEmail' } },
    { line: 3, refusal: { guard: 'several-lines', about: '604 primaryEmail' } },
    { line: 604, refusal: { guard: 'several-lines', about: '3 primaryEmail' } },
    { line: 605, refusal: { guard: 'several-lines', about: '2 primaryEmail' } },
  ]);
});

test('a line whose keys are of two users, or that would take somebody’s, is refused', async () => {
  const [one, two] = [user(30), user(31)];
  const csv = `email,username\n${one.primaryEmail},${two.username}\nnobody@import.test,${one.username}\n`;
  expect(await dryRun(csv)).toEqual([
    {
      line: 2,
      refusal: {
        guard: 'several-found',
        about: `primaryEmail: ${one.primaryEmail}: ${one.id}; username: ${two.username}: ${two.id}`,
      },
    },
    { line: 3, refusal: { guard: 'taken', about: `username: ${one.username}: ${one.id}` } },
  ]);
});

test('usernames are told apart by their case, ids must be there, and a column of ids can be left out', async () => {
  const one = simulator.tenant.users.find((row) => row.username && row.primaryEmail) ?? expect.fail('none');
  const other = one.username?.toUpperCase() ?? '';
  expect(await dryRun(`username\n${other}\n`)).toMatchObject([
    { line: 2, drafts: [['users.create', { username: other }]] },
  ]);
  expect(await dryRun(`id,name\n${one.id},Named\nnosuchuserid,X\n,Y\n`)).toEqual([
    { line: 2, id: one.id, drafts: [['users.update', { name: 'Named' }]] },
    { line: 3, refusal: { guard: 'not-found', about: 'id: nosuchuserid' } },
    { line: 4, refusal: { guard: 'invalid-value', about: 'no email, username, or phone' } },
  ]);
  expect(await dryRun(`id,email\nuser_29xYz,${one.primaryEmail}\n`, { match: 'primaryEmail' })).toEqual([
    { line: 2, id: one.id },
  ]);
  await expect(dryRun('Note\nx\n', {}, { Note: 'name' })).rejects.toMatchObject({ code: 'import.columns' });
});

test('an empty cell leaves its field, or empties it where that is asked', async () => {
  const one = user(50);
  one.customData = { plan: 'pro', kept: 1 };
  one.profile = { givenName: 'Kim', locale: 'ko' };
  const csv = `email,name,profile.givenName,customData.plan,isSuspended\n${one.primaryEmail},,,,\n`;
  expect(await dryRun(csv)).toEqual([{ line: 2, id: one.id }]);
  expect(await dryRun(csv, { clears: true })).toEqual([
    {
      line: 2,
      id: one.id,
      drafts: [['users.update', { name: null, profile: { locale: 'ko' }, customData: { kept: 1 } }]],
    },
  ]);
});

test('custom data keeps its type where a cell says the same, and what is masked is read before it is sent whole', async () => {
  const one = user(60);
  one.customData = { zip: '01234', code: '77', apiKey: 'hidden-value' };
  const csv = (plan: string) =>
    `email,customData.zip,customData.code,customData.plan\n${one.primaryEmail},01234,77,${plan}\n`;
  expect(await dryRun(csv(''))).toEqual([{ line: 2, id: one.id }]);
  expect(await dryRun(csv('5'))).toEqual([
    {
      line: 2,
      id: one.id,
      drafts: [
        ['users.update', { customData: { zip: '01234', code: '77', apiKey: 'hidden-value', plan: 5 } }],
      ],
    },
  ]);
});

test('roles go by name or id, suspension and passwords by themselves; secrets stay in the file', async () => {
  const one = user(70);
  const [role] = simulator.tenant.roles.filter(({ type }) => type === 'User');
  const csv = `email,roles,suspended,password\n${one.primaryEmail},${role?.name};${role?.id},yes,s3cret-word\nr@import.test,${role?.name},yes,an0ther-word\nx@import.test,No such role,,\n`;
  const results = await dryRun(csv);
  expect(JSON.stringify(results)).not.toMatch(/s3cret|an0ther/);
  expect(results).toEqual([
    {
      line: 2,
      id: one.id,
      drafts: [
        ['users.suspend', { isSuspended: true }],
        ['users.addRoles', { roleIds: [role?.id] }],
        ['users.setPassword', { password: { secret: 'file', line: 2, column: 'password' } }],
      ],
    },
    {
      line: 3,
      drafts: [
        [
          'users.create',
          {
            primaryEmail: 'r@import.test',
            password: { secret: 'file', line: 3, column: 'password' },
            roleIds: [role?.id],
            isSuspended: true,
          },
        ],
      ],
    },
    { line: 4, refusal: { guard: 'not-found', about: 'roles: No such role' } },
  ]);
});

test('another product’s export is understood: digests with their algorithm, headings as they are', async () => {
  const clerk = `id,first_name,last_name,username,primary_email_address,password_digest,password_hasher\nuser_2x,Ada,L,,ada@import.test,${bcrypt},bcrypt\n`;
  const ref = (line: number, column: string) => ({ secret: 'file', line, column });
  expect(await dryRun(clerk, { match: 'primaryEmail' })).toEqual([
    {
      line: 2,
      drafts: [
        [
          'users.create',
          {
            primaryEmail: 'ada@import.test',
            profile: { givenName: 'Ada', familyName: 'L' },
            passwordDigest: ref(2, 'password_digest'),
            passwordAlgorithm: 'Bcrypt',
          },
        ],
      ],
    },
  ]);
  const auth0 = `{"_id":{"$oid":"1"},"email":"b@import.test","email_verified":true,"passwordHash":"${bcrypt}"}\n{"email":"c@import.test","passwordHash":"plain"}\n`;
  expect(await dryRun(auth0, {}, {}, 'auth0.ndjson')).toEqual([
    {
      line: 1,
      drafts: [
        [
          'users.create',
          {
            primaryEmail: 'b@import.test',
            passwordDigest: ref(1, 'passwordHash'),
            passwordAlgorithm: 'Bcrypt',
          },
        ],
      ],
    },
    {
      line: 2,
      refusal: { guard: 'invalid-value', about: 'passwordHash: not an algorithm that Logto supports' },
    },
  ]);
});

test('a digest that a user already has is not a change, another one cannot be set, and passwords can be kept', async () => {
  const session = await held.core.sessionOf(profile);
  const made = await fetch(`${simulator.endpoint}/api/users`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await session.tokens.get()}` },
    body: JSON.stringify({
      primaryEmail: 'digest@import.test',
      passwordDigest: bcrypt,
      passwordAlgorithm: 'Bcrypt',
    }),
  });
  const { id } = (await made.json()) as { id: string };
  const csv = (digest: string) => `email,hash\ndigest@import.test,${digest}\n`;
  const other = bcrypt.replace('N9qo', 'N9qp');
  expect(await dryRun(csv(bcrypt))).toEqual([{ line: 2, id }]);
  expect(await dryRun(csv(other))).toEqual([
    { line: 2, id, refusal: { guard: 'not-changeable', about: 'hash: the user has a password' } },
  ]);
  expect(await dryRun(csv(other), { keepPasswords: true })).toEqual([{ line: 2, id }]);
  expect(await dryRun('email,password\ndigest@import.test,new-word\n', { keepPasswords: true })).toEqual([
    { line: 2, id },
  ]);
});
