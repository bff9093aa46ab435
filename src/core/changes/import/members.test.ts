import { expect, test } from 'vitest';
import { addSimulator, testCore } from '../../../doors/testing.ts';
import { memberImportFields } from '../../../shared/change/import-fields.ts';
import { refusalSaid } from '../../../shared/phrases/testing.ts';
import { because } from '../../../shared/reasons.ts';
import { startSimulator } from '../../../simulator/server.ts';
import { openImport } from './file.ts';
import { mappingOf } from './mapping.ts';
import { membersOf } from './members.ts';
import { namedIds } from './named-ids.ts';
import { folderFor } from './testing.ts';

test('members are found by whatever their column has, organizations and roles by name or ID, each line told', async () => {
  await using simulator = await startSimulator({ users: 300, logs: 1, tied: [0, 0] });
  await using held = testCore();
  const { id: profile } = await addSimulator(held.core, simulator);
  const read = (query: Parameters<typeof held.core.pages.page>[0]['query'], index: number) =>
    held.core.pages.page({ query, index }, {});
  const rowsOf = async (resource: string) =>
    (await read({ profile, resource, filters: {} }, 0)).rows as {
      id: string;
      name: string;
      type?: string;
      isMfaRequired?: boolean;
      customData?: object;
    }[];
  const { users } = simulator.tenant;
  const [one, two] = await rowsOf('organizations');
  const role = (await rowsOf('organization-roles')).find(({ type }) => type === 'User');
  const [ada, ben] = users.filter(({ primaryEmail, username }) => primaryEmail && username);
  if (!one || !two || !role || !ada || !ben) return expect.fail('too small');
  using files = folderFor();
  const csv = [
    'Company,Member,Role',
    `${one.id},${ada.primaryEmail},${role.name}`,
    `${two.name},${ben.username},`,
    `${one.id},${ben.id},${role.id}`,
    `${one.id},${ada.username},`,
    `Nowhere,${ben.id},`,
    `${one.id},nobody@import.test,`,
    `${one.id},${ben.id},No such role`,
    `,${ben.id},`,
    `${one.id},two words,`,
  ].join('\n');
  const organization = async (id: string) =>
    (await rowsOf('organizations')).find((row) => row.id === id) ?? expect.fail(id);
  const resultsOf = async (text: string, creates = false) => {
    await using file = await openImport(files.write('members.csv', text));
    return await membersOf(file, mappingOf(file.headings, memberImportFields, { name: file.name }), {
      profile,
      read,
      organization,
      organizations: namedIds(profile, 'organizations', read),
      roles: namedIds(profile, 'organization-roles', read, ({ type }) => type === 'User'),
      creates,
    });
  };
  const results = await resultsOf(csv);
  const join = (organizationId: string, organizationRoleIds: string[] = []) => [
    'users.addToOrganization',
    { organizationId, organizationRoleIds },
  ];
  expect(
    results.map(({ line, id, refusal, drafts }) => [
      line,
      id,
      (refusal && refusalSaid(refusal)) ?? drafts.map(({ operation, after }) => [operation, after])[0],
    ]),
  ).toEqual([
    [2, ada.id, { guard: 'several-lines', about: '5' }],
    [3, ben.id, join(two.id)],
    [4, ben.id, join(one.id, [role.id])],
    [5, ada.id, { guard: 'several-lines', about: '2' }],
    [6, '', { guard: 'not-found', about: 'organizations: Nowhere' }],
    [7, '', { guard: 'not-found', about: 'user: nobody@import.test' }],
    [8, '', { guard: 'not-found', about: 'organization-roles: No such role' }],
    [9, '', { guard: 'invalid-value', about: 'organization: ' }],
    [10, '', { guard: 'invalid-value', about: 'user: two words' }],
  ]);
  const fresh = `org,user,roles\nNew org,${ada.id},${role.name}\n${one.id},${ada.id},\nNew org,${ben.id},\nNew org,nobody,\n`;
  expect((await resultsOf(fresh))[0]).toMatchObject({ refusal: { guard: 'not-found' } });
  const made = await resultsOf(fresh, true);
  expect(
    made.map(({ line, refusal, drafts, ...rest }) => [line, refusal?.guard, drafts[0]?.operation, rest.with]),
  ).toEqual([
    [2, undefined, 'organizations.create', undefined],
    [3, undefined, 'users.addToOrganization', undefined],
    [4, undefined, undefined, 2],
    [5, 'not-found', undefined, undefined],
  ]);
  expect(made[0]?.drafts[0]?.after).toEqual({
    name: 'New org',
    members: { [ada.id]: [role.id], [ben.id]: [] },
  });

  const own = [
    'id,name,description,customData.plan,MFA required,logo,member',
    `${one.id},${one.name},First,pro,${one.isMfaRequired ? 'no' : 'yes'},https://import.test/a.png,${ada.id}`,
    `${one.id},,,,,,${ben.id}`,
    `${one.id},,First,,,,`,
    `${two.id},Renamed,,,,,`,
    `${two.id},Otherwise,,,,,${ada.id}`,
    `,Made,Second,7,,,`,
    `,Made,,,,,${ada.id}`,
    `elsewhere,Made,,,,,${ben.id}`,
    `,Bare,,,no,,`,
    `,Bad,,,maybe,,`,
    `,,,,,,${ben.id}`,
  ].join('\n');
  const target = (id: string, label: string) => ({ resource: 'organizations', id, parent: '', label });
  const said = await resultsOf(own, true);
  expect(
    said.map(({ line, of, refusal, drafts, ...rest }) => [
      line,
      of,
      (refusal && refusalSaid(refusal)) ??
        rest.with ??
        drafts.map(({ operation, target: { id }, after }) => [operation, id, after]),
    ]),
  ).toEqual([
    [
      2,
      undefined,
      [
        [
          'organizations.update',
          one.id,
          {
            description: 'First',
            isMfaRequired: !one.isMfaRequired,
            branding: { logoUrl: 'https://import.test/a.png' },
            customData: { ...one.customData, plan: 'pro' },
          },
        ],
        ['users.addToOrganization', ada.id, { organizationId: one.id, organizationRoleIds: [] }],
      ],
    ],
    [
      3,
      undefined,
      [['users.addToOrganization', ben.id, { organizationId: one.id, organizationRoleIds: [] }]],
    ],
    [4, 'organizations', 2],
    [5, 'organizations', { guard: 'several-lines', about: '6' }],
    [6, undefined, { guard: 'several-lines', about: '5' }],
    [
      7,
      'organizations',
      [
        [
          'organizations.create',
          '',
          {
            name: 'Made',
            description: 'Second',
            customData: { plan: 7 },
            members: { [ada.id]: [], [ben.id]: [] },
          },
        ],
      ],
    ],
    [8, undefined, 7],
    [9, undefined, 7],
    [10, 'organizations', [['organizations.create', '', { name: 'Bare', isMfaRequired: false }]]],
    [11, undefined, { guard: 'invalid-value', about: 'MFA required: neither true nor false' }],
    [12, undefined, { guard: 'invalid-value', about: 'organization: ' }],
  ]);
  expect(said[5]?.drafts[0]?.target).toEqual(target('', 'Made'));
  expect((await resultsOf('name,description\nMade,x\n'))[0]?.refusal).toEqual({
    guard: 'not-found',
    about: 'organizations: Made',
  });
  const refusedOf = async (text: string, creates = false) =>
    (await resultsOf(text, creates)).map(({ refusal, ...rest }) => refusal?.about ?? rest.with ?? null);
  // Wherever among lines that agree one says something else, none of them is the one that is meant.
  const of = (...texts: string[]) => texts.map((text) => `${one.id},${text}\n`).join('');
  expect(await refusedOf(`id,description\n${of('x', 'y', 'x')}`)).toEqual(['3', '2', '3']);
  expect(await refusedOf(`id,description\n${of('x', 'x', 'y')}`)).toEqual(['4', '4', '2']);
  const whole = 'id,customData,customData.plan\n';
  expect(await refusedOf(`${whole}${of('"{""plan"":""a""}",', ',b')}`)).toEqual(['3', '2']);
  expect(await refusedOf(`${whole}${of('"{""plan"":""b""}",', ',b')}`)).toEqual([null, 2]);
  // What it is found by, such as an ID in the wrong column, does not become its name.
  const [misplaced] = await resultsOf(`name,description\n${one.id},New\n`);
  expect(misplaced?.drafts.map(({ after }) => after)).toEqual([{ description: 'New' }]);
  expect(await refusedOf(`id,name,description\n${two.id},Renamed,\n,${two.name},New\n`)).toEqual([null, 2]);
  // The same one is not made twice, under two names.
  const twice = `id,name,user\nelsewhere,Made,${ada.id}\nelsewhere,,${ben.id}\n`;
  expect(await refusedOf(twice, true)).toEqual(['3', '2']);
  expect(await refusedOf(twice.replaceAll('Made', two.name), true)).toEqual(['3', '2']);
  // What a line says is not lost with its user, who joins by a change of the line's own.
  const shared = await resultsOf(
    `id,description,logo,user\n${of(`x,,${ada.id}`, `,https://a.test,${ben.id}`)}`,
  );
  expect(shared.map(({ drafts, ...rest }) => [drafts.length, rest.with])).toEqual([
    [2, undefined],
    [1, 2],
  ]);
  // An ID beside an organization is something else's.
  expect((await resultsOf(`id,org,user\n${ada.id},${one.id},${ben.id}\n`))[0]?.drafts[0]?.after).toEqual(
    join(one.id)[1],
  );
  await expect(resultsOf('organization,roles\nMade,x\n')).rejects.toMatchObject({
    code: 'import.columns',
    detail: { why: because('line.noColumn', { field: 'user' }) },
  });
});
