import type { ReadPage } from '../core/changes/import/matches.ts';
import { namedIds, namedPermissions } from '../core/changes/import/named-ids.ts';
import { readCell } from '../core/changes/import/values.ts';
import type { Core } from '../core/core.ts';
import type { Values } from '../shared/change/change.ts';
import type { EditField, Operation } from '../shared/change/operations/index.ts';
import { endTyped } from '../shared/change/times.ts';
import { nearest } from '../shared/nearest.ts';
import { reasonInWords } from '../shared/phrases/reason-words.ts';
import type { Zone } from '../shared/zone.ts';
import { wrongUsage } from './usage.ts';
import { phrases, say } from './words.ts';

/** A field by its id, as people say it: `roles` is `roleIds`, `organization` is `organizationId`. */
const fieldNamed = ({ id: operation, fields }: Operation, name: string): EditField => {
  const [top = name] = name.split('.');
  const offered = fields.filter(({ hidden }) => !hidden);
  const found =
    offered.find(({ id }) => [name, `${name}Id`, `${name.replace(/s$/, '')}Ids`].includes(id)) ??
    // A part of an object whose parts have names of the operator's own.
    offered.find(({ id, parts }) => parts === true && id === top);
  if (found) return found;
  const ids = offered.map(({ id }) => id);
  const close = nearest(name, ids);
  throw wrongUsage(
    '--set',
    say('change.noField', { name, operation, fields: close ? [close, ...ids].join(', ') : ids.join(', ') }),
  );
};

/** The id under which a value of the field goes: a part's own path, the field's id. */
const keyOf = (field: EditField, name: string): string =>
  field.parts === true && name.startsWith(`${field.id}.`) ? name : field.id;

const listsOf: Readonly<Record<string, 'roles' | 'organizations' | 'organization-roles'>> = {
  roles: 'roles',
  organizations: 'organizations',
  'organization-roles': 'organization-roles',
};

/** Kinds of a field as kinds of a file's cells. */
const kindOf = ({ kind }: EditField) => {
  switch (kind) {
    case 'phone':
      return 'phone' as const;
    case 'boolean':
      return 'boolean' as const;
    case 'json':
      return 'object' as const;
    case 'texts':
    case 'urls':
    case 'ids':
      return 'names' as const;
    case 'number':
    case 'objects':
      return 'any' as const;
    default:
      return 'text' as const;
  }
};

/** Values as they are typed, `FIELD=VALUE`; names of roles and organizations become ids. Throws `usage.invalid`. */
export const valuesTyped = async (
  core: Core,
  profile: string,
  operation: Operation,
  texts: readonly string[],
  zone: Zone,
): Promise<Values> => {
  const values: Values = {};
  for (const text of texts) {
    const at = text.indexOf('=');
    if (at < 1) throw wrongUsage('--set', say('change.notSet'));
    const [name, value] = [text.slice(0, at).trim(), text.slice(at + 1)];
    const field = fieldNamed(operation, name);
    if (field.secret) throw wrongUsage('--set', say('change.secretField', { field: field.id }));
    const key = keyOf(field, name);
    const isPart = key !== field.id;
    if (value === '' && !isPart) {
      values[key] = field.kind === 'ids' ? [] : null;
      continue;
    }
    if (field.kind === 'time') {
      const end = endTyped(value, core.clock(), zone);
      if (end === null) throw wrongUsage('--set', say('change.notTime', { value, field: key }));
      values[key] = end;
      continue;
    }
    const read = readCell({ id: key, kind: isPart ? 'any' : kindOf(field) }, value);
    if ('fault' in read)
      throw wrongUsage(
        '--set',
        say('change.notValue', { value, field: key, reason: reasonInWords(phrases.t, read.fault) }),
      );
    values[key] = read.value;
    const list = field.shape === 'permissions' ? 'permissions' : listsOf[field.ref ?? ''];
    if (!list || (field.kind !== 'id' && field.kind !== 'ids')) continue;
    const { id } = await core.profileFor(profile);
    const readPage: ReadPage = (query, index) => core.pages.page({ query, index }, {});
    const book = list === 'permissions' ? namedPermissions(id, readPage) : namedIds(id, list, readPage);
    const names = Array.isArray(read.value) ? read.value.map(String) : [String(read.value)];
    const { ids, refusal } = await book(names);
    if (refusal) throw wrongUsage('--set', say('change.noName', { name: names.join(', '), list }));
    values[key] = field.kind === 'ids' ? ids : ids[0];
  }
  return values;
};

/** Fields to empty, by what they are called. Throws `usage.invalid`. */
export const unsetTyped = (operation: Operation, names: readonly string[]): string[] =>
  names.map((name) => keyOf(fieldNamed(operation, name), name));
