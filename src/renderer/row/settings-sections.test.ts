import { expect, test } from 'vitest';
import { resourceOf } from '../../shared/catalog';
import { countOf, settingsSections } from './settings-sections';

const row = {
  tenantId: 'default',
  id: 'default',
  signInMode: 'SignInAndRegister',
  color: { primaryColor: '#6139f6', isDarkModeEnabled: false },
  branding: {},
  customCss: null,
  passwordPolicy: { length: { min: 8 }, rejects: null },
  newerThing: [1],
};

test('a single object is shown by its parts, the catalogue’s first, and what is empty is counted', () => {
  const sections = settingsSections(resourceOf('sign-in-experience'), row);
  expect(sections.map(({ key }) => key)).toEqual([null, 'color', 'passwordPolicy']);
  const [own, color, policy] = sections.map(({ fields }) => fields.map(({ column }) => column.id));
  expect(own?.slice(0, 2)).toEqual(['id', 'signInMode']);
  expect(own).toEqual(expect.arrayContaining(['branding', 'customCss', 'newerThing']));
  expect(own).not.toContain('tenantId');
  expect(color).toEqual(['color.primaryColor', 'color.isDarkModeEnabled']);
  expect(policy).toEqual(['passwordPolicy.length', 'passwordPolicy.rejects']);
  expect(sections[1]?.fields.map(({ words }) => words)).toEqual(['Primary color', 'Is dark mode enabled']);
  // Set: id, mode, the newer thing, both of the color, the length.
  expect(countOf(sections, row).set).toBe(6);
});
