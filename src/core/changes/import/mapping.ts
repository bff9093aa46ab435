import { type ImportField, importFieldNamed, importFieldOf } from '../../../shared/change/import-fields.ts';
import { DeskError } from '../../../shared/errors.ts';
import { nearest } from '../../../shared/nearest.ts';

/** Which field each column fills; null for one that is left out. */
export type Mapping = {
  columns: readonly { heading: string; field: ImportField | null; place: number }[];
};

/** What an operator said of headings: a field's id, or nothing for a column to leave out. */
export type Mapped = Readonly<Record<string, string>>;

/**
 * Says of each column which field it fills: as the operator said, as was said of such a file before (`remembered`), else by
 * its heading. Throws `import.columns` where a heading or field is not there, or two columns fill one field.
 */
export const mappingOf = (
  headings: readonly string[],
  fields: readonly ImportField[],
  { map = {}, remembered = {}, name }: { map?: Mapped; remembered?: Mapped; name: string },
): Mapping => {
  const refuse = (reason: string) => new DeskError('import.columns', { where: name, reason });
  const said = new Map<string, ImportField | null>();
  const fieldOf = (id: string): ImportField | null => {
    if (id === '') return null;
    const field = importFieldOf(fields, id);
    if (field) return field;
    const close = nearest(
      id,
      fields.map((one) => one.id),
    );
    throw refuse(`there is no field "${id}"${close ? `; did you mean "${close}"?` : ''}`);
  };
  for (const [heading, id] of Object.entries(map)) {
    if (!headings.includes(heading)) throw refuse(`no column is called "${heading}"`);
    said.set(heading, fieldOf(id));
  }
  const taken = new Set([...said.values()].flatMap((field) => field?.id ?? []));
  const columns = headings.map((heading, place) => {
    const own = said.get(heading);
    if (own !== undefined) return { heading, field: own, place };
    const before = heading in remembered ? remembered[heading] : undefined;
    const field =
      before === undefined
        ? importFieldNamed(fields, heading, headings)
        : before === ''
          ? null
          : importFieldOf(fields, before);
    // What was said now goes before what a heading seems to mean.
    return { heading, field: field && taken.has(field.id) ? null : field, place };
  });
  const filled = new Map<string, string>();
  for (const { heading, field } of columns) {
    if (!field) continue;
    const other = filled.get(field.id);
    if (other !== undefined) throw refuse(`"${other}" and "${heading}" both fill ${field.id}; leave one out`);
    filled.set(field.id, heading);
  }
  if (filled.size === 0) throw refuse('no heading names a field');
  return { columns };
};

/** Headings of columns that fill nothing. */
export const leftOut = ({ columns }: Mapping): string[] =>
  columns.flatMap(({ heading, field, place }) =>
    field ? [] : [heading === '' ? `(${place + 1})` : heading],
  );

/** The column that fills a field. */
export const columnOf = ({ columns }: Mapping, field: string) =>
  columns.find((one) => one.field?.id === field);

/**
 * The field that each column seems to fill, as it was said before (`remembered`) or by its heading, for somebody to look
 * over: of two that seem to fill one field the first does. Null for one that fills none.
 */
export const suggestedOf = (
  headings: readonly string[],
  fields: readonly ImportField[],
  remembered: Mapped = {},
): (ImportField | null)[] => {
  const taken = new Set<string>();
  return headings.map((heading) => {
    const before = Object.hasOwn(remembered, heading) ? remembered[heading] : undefined;
    const named =
      before === undefined ? importFieldNamed(fields, heading, headings) : importFieldOf(fields, before);
    if (!named || taken.has(named.id)) return null;
    taken.add(named.id);
    return named;
  });
};
