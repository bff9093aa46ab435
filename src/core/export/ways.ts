import { counter } from '../../shared/local.ts';
import type { Source } from '../harvest/source.ts';
import type { CountsAsked } from '../rows/counts-asked.ts';
import { runningChecksum } from './checksum.ts';
import { convert } from './convert.ts';
import { type CountNames, namedCounts, valuesIn } from './counts.ts';
import { openWriter, type RowWriter, type WriterOptions } from './formats.ts';
import { Output, type Way } from './output.ts';
import { PartialFile } from './partial-file.ts';
import type { ExportPlan } from './plan.ts';
import { widen } from './widen.ts';
import type { Target } from './writer.ts';

/** Where an export goes: a file and its manifest beside it, or a stream. */
export type Place = PartialFile | Target;

export type Means = {
  namesOf: Source['namesOf'];
  signal: AbortSignal;
  /** The program that makes files which are written at once (`doors/workers.ts`). */
  converter: URL;
};

/** What the file looks like, columns aside. */
const looksOf = ({ asked, title, isWhole }: ExportPlan) => ({
  title,
  whole: isWhole,
  bom: asked.bom,
  zone: asked.zone,
  excelText: asked.excelText,
});

/** What rows are called that are counted by their ids; null where that is not asked for. */
const countNames = async (
  { namedList }: ExportPlan,
  { namesOf }: Means,
  values: () => readonly string[] | Promise<readonly string[]>,
): Promise<CountNames> =>
  namedList === undefined ? null : ((await namesOf?.(namedList, await values())) ?? {});

/** Rows as the file has them, which an earlier run may have begun. */
const intoFile = (plan: ExportPlan, part: PartialFile): Way => ({
  open: (columns) =>
    openWriter(plan.asked.format, {
      ...looksOf(plan),
      columns,
      put: (bytes) => part.write(bytes),
      ...(part.last?.columns ? { before: part.last.rows } : {}),
    }),
  async end(columns, rows) {
    // The records before a field's first row lack its cell.
    const isUneven = plan.asked.format === 'csv' && columns.some(({ late }) => late);
    return isUneven
      ? {
          file: { ...(await widen(part.spool, part.made, columns, plan.asked.bom)), rows },
          isMade: true,
          omitted: [],
        }
      : { file: { ...part.sums.sum(), rows }, isMade: false, omitted: [] };
  },
});

/** Rows one by one, of which the file is made in the end. */
const intoSpool = (plan: ExportPlan, part: PartialFile, means: Means): Way => ({
  open: (columns) =>
    openWriter('ndjson', {
      title: plan.title,
      columns,
      whole: true,
      bom: false,
      put: (bytes) => part.write(bytes),
    }),
  async end(columns) {
    const { spool, made, path } = part;
    const { format, counts = null } = plan.asked;
    const names = await countNames(plan, means, () => valuesIn(spool));
    const asked = { spool, made, path, format, columns, ...looksOf(plan), counts, names };
    return { file: await convert(asked, means.converter, means.signal), isMade: true, omitted: [] };
  },
});

/** Bytes into a stream, summed up. */
const intoStream = (target: Target) => {
  const sums = runningChecksum();
  const put: WriterOptions['put'] = (bytes) => {
    sums.add(bytes);
    return target.write(bytes);
  };
  return { sums, put };
};

/** Rows as the stream has them. */
const streamed = (plan: ExportPlan, target: Target): Way => {
  const { sums, put } = intoStream(target);
  return {
    // Its header cannot be written anew: its records keep their form.
    open: (columns) => openWriter(plan.asked.format, { ...looksOf(plan), columns: [...columns], put }),
    async end(columns, rows) {
      const late = plan.asked.format === 'csv' ? columns.filter((column) => column.late) : [];
      return { file: { ...sums.sum(), rows }, isMade: false, omitted: late.map(({ id }) => id) };
    },
  };
};

/** Counts of rows, into a stream when all rows came. */
const counted = (plan: ExportPlan, counts: CountsAsked, target: Target, means: Means): Way => {
  const { sums, put } = intoStream(target);
  const counting = counter(counts);
  const countingInto = (writer: RowWriter): RowWriter => ({
    async write(rows) {
      for (const row of rows) counting.add(row);
    },
    async end() {
      const found = counting.counts();
      const names = await countNames(plan, means, () => found.flatMap(({ value }) => value ?? []));
      await writer.write(namedCounts(found, names));
      await writer.end();
    },
  });
  return {
    open: async (columns) =>
      countingInto(await openWriter(plan.asked.format, { ...looksOf(plan), columns, put })),
    end: async () => ({
      file: { ...sums.sum(), rows: counting.counts().length },
      isMade: false,
      omitted: [],
    }),
  };
};

const wayOf = (plan: ExportPlan, place: Place, means: Means): Way => {
  const { counts } = plan.asked;
  if (place instanceof PartialFile)
    return plan.isSpooled ? intoSpool(plan, place, means) : intoFile(plan, place);
  return counts ? counted(plan, counts, place, means) : streamed(plan, place);
};

/** What takes the rows of a planned export. */
export const outputOf = (plan: ExportPlan, place: Place, means: Means): Output =>
  new Output(
    plan,
    wayOf(plan, place, means),
    place instanceof PartialFile ? (place.last?.columns ?? null) : null,
  );
