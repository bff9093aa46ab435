import type { Filter, Resource } from '../../shared/catalog';
import { type ConditionForm, conditionFormOf } from '../../shared/conditions';
import type { Condition, LocalMode } from '../../shared/local';
import type { Query } from '../../shared/query';

/**
 * One condition of a view, wherever it is answered. `field`: the id of a column, or any path in a row; of a filter that no
 * column shows `filter:` and its id. `asked`: the server answers it; else rows are looked through here.
 */
export type Chip = { field: string; mode: LocalMode; values: readonly string[]; asked: boolean };

/** A condition as it is entered: who answers it follows from it. */
export type Entered = Omit<Chip, 'asked'>;

/** What a view is narrowed by, apart from words and search lines. */
export type Narrowing = Pick<Query, 'filters' | 'where'>;

/** A filter that a value is chosen for. */
export type AskedFilter = Extract<Filter, { kind: 'choice' | 'exact' }>;

type Listed = Pick<Resource, 'columns' | 'filters' | 'order'>;

const prefix = 'filter:';

const isAsked = (filter: Filter): filter is AskedFilter =>
  filter.kind === 'choice' || filter.kind === 'exact';

/** The field that a filter is shown as. */
const fieldOf = ({ columns }: Listed, filter: AskedFilter): string =>
  columns.some(({ id }) => id === filter.column) ? String(filter.column) : `${prefix}${filter.id}`;

/** The server's filter for a field; undefined where it has none. */
export const filterOf = (resource: Listed, field: string): AskedFilter | undefined =>
  resource.filters.filter(isAsked).find((filter) => fieldOf(resource, filter) === field);

/** The filter of the time that a list is in the order of, where the server has one. */
const timeFilterOf = ({ filters }: Listed) => filters.find(({ kind }) => kind === 'time');

/** True for the time that the server filters by. */
export const isTimeOf = (resource: Listed, field: string): boolean =>
  resource.order === field && timeFilterOf(resource) !== undefined;

/** True for a field that only the server has. */
export const isFilterOnly = (field: string): boolean => field.startsWith(prefix);

/**
 * True where the server answers a comparison of a field as the same comparison here would: what is chosen from a list, or is
 * another row. It compares free text letter by letter, which only a field that it alone has is left to.
 */
export const isAskedOf = (resource: Listed, field: string, mode: LocalMode): boolean => {
  const filter = filterOf(resource, field);
  if (mode === 'is' && isTimeOf(resource, field)) return true;
  if (!filter || mode !== 'is') return false;
  return filter.kind === 'choice' || Boolean(filter.ref ?? filter.suggestions) || isFilterOnly(field);
};

/** How the value of a field is entered, and its comparisons. */
export const formOfField = (resource: Listed, field: string): ConditionForm => {
  if (!isFilterOnly(field)) return conditionFormOf(resource, field);
  const filter = filterOf(resource, field);
  if (filter?.kind === 'choice')
    return { form: { kind: 'choice', options: filter.options, open: false }, modes: ['is'] };
  if (filter?.ref) return { form: { kind: 'reference', resource: filter.ref }, modes: ['is'] };
  return { form: { kind: 'text' }, modes: ['is'] };
};

/** Fields that can be filtered by: those that the server answers first, then all columns and the paths given. */
export const fieldsOf = (resource: Listed, paths: readonly string[] = []) => {
  const timed = resource.columns.map(({ id }) => id).filter((id) => isTimeOf(resource, id));
  const asked = [...timed, ...resource.filters.filter(isAsked).map((filter) => fieldOf(resource, filter))];
  const here = [...resource.columns.map(({ id }) => id), ...paths];
  return { asked, here: [...new Set(here)].filter((id) => !asked.includes(id)) };
};

/** The conditions of a view: what is asked of the server first, then what is looked through here. */
export const chipsOf = (resource: Listed, { filters, where = [] }: Narrowing): Chip[] => [
  ...resource.filters.filter(isAsked).flatMap((filter): Chip[] => {
    const values = filters[filter.id] ?? [];
    return values.length > 0 ? [{ field: fieldOf(resource, filter), mode: 'is', values, asked: true }] : [];
  }),
  ...where.map(({ column, mode, value }): Chip => ({ field: column, mode, values: [value], asked: false })),
];

const same = (chip: Chip, { column, mode, value }: Condition) =>
  chip.field === column && chip.mode === mode && chip.values[0] === value;

/** What is left without a condition. */
export const without = (resource: Listed, { filters, where = [] }: Narrowing, chip: Chip): Narrowing => {
  if (chip.asked) {
    const id = filterOf(resource, chip.field)?.id ?? '';
    const { [id]: _, ...others } = filters;
    return { filters: others, where };
  }
  const at = where.findIndex((condition) => same(chip, condition));
  return { filters, where: at < 0 ? where : where.toSpliced(at, 1) };
};

/**
 * With a condition more, in the place of `before` where it is an edit: asked of the server where that can answer it, else
 * looked for here. A filter takes one value: the newest.
 */
export const withCondition = (
  resource: Listed,
  given: Narrowing,
  { field, mode, values }: Entered,
  before: Chip | null = null,
): Narrowing => {
  const { filters, where = [] } = before ? without(resource, given, before) : given;
  const filter = isTimeOf(resource, field) ? timeFilterOf(resource) : filterOf(resource, field);
  if (filter && isAskedOf(resource, field, mode))
    return { filters: { ...filters, [filter.id]: [...values] }, where };
  const added = { column: field, mode, value: values[0] ?? '' };
  if (where.some((one) => same({ field, mode, values, asked: false }, one))) return { filters, where };
  const at = before && !before.asked ? (given.where ?? []).findIndex((one) => same(before, one)) : -1;
  return { filters, where: at < 0 ? [...where, added] : where.toSpliced(at, 0, added) };
};

/**
 * Narrowed by what a cell or a count stands for: in the place of what its column was narrowed to. What is left out, is left
 * out with what was before.
 */
export const narrowedBy = (
  resource: Listed,
  given: Narrowing,
  { column, mode, value }: Condition,
): Narrowing => {
  const { filters, where = [] } = given;
  const asked = filterOf(resource, column);
  const { [asked?.id ?? '']: _, ...others } = filters;
  const kept = where.filter((one) => one.column !== column || (mode === 'differs' && one.mode === 'differs'));
  return withCondition(resource, { filters: others, where: kept }, { field: column, mode, values: [value] });
};
