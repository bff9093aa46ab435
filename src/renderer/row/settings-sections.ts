import type { Column, Resource } from '../../shared/catalog';
import { fieldInWords } from '../../shared/field-words';
import { isSet } from '../../shared/readable-value';
import { type Row, valueAt } from '../../shared/row';

/** A field of a settings page: where its value is, and what it is called where the catalogue has no words for it. */
export type SettingsField = { column: Column; words: string };

/** Fields that belong together: those of one object within the row; `key` null: the row's own. */
export type SettingsSection = { key: string | null; fields: SettingsField[] };

const isObject = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The column of a path: the catalogue's, or one by what the value is. */
const columnOf = ({ columns }: Pick<Resource, 'columns'>, id: string, value: unknown): Column =>
  columns.find((one) => one.id === id && one.kind !== 'json') ?? {
    id,
    kind: typeof value === 'object' ? 'json' : 'text',
  };

/**
 * A single object's fields by sections: first what stands in it by itself, then its inner objects one by one, what the
 * catalogue names before what it does not.
 */
export const settingsSections = (resource: Pick<Resource, 'columns'>, row: Row): SettingsSection[] => {
  const named = resource.columns.map(({ id }) => id.split('.')[0] ?? id);
  const keys = [...new Set([...named, ...Object.keys(row)])].filter((key) => key !== 'tenantId');
  const own: SettingsField[] = [];
  const inner: SettingsSection[] = [];
  for (const key of keys) {
    const value = row[key];
    if (isObject(value) && Object.keys(value).length > 0) {
      const fields = Object.entries(value).map(([part, one]) => {
        const id = `${key}.${part}`;
        return { column: columnOf(resource, id, one), words: fieldInWords(part) };
      });
      inner.push({ key, fields });
    } else own.push({ column: columnOf(resource, key, value), words: fieldInWords(key) });
  }
  return [{ key: null, fields: own }, ...inner];
};

/** How many fields have a value, and how many not. */
export const countOf = (sections: readonly SettingsSection[], row: Row): { set: number; unset: number } => {
  const all = sections.flatMap(({ fields }) => fields);
  const set = all.filter(({ column }) => isSet(valueAt(row, column.id))).length;
  return { set, unset: all.length - set };
};
