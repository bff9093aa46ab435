import fc from 'fast-check';
import { expect, test } from 'vitest';
import { elsewhere } from './cell.ts';
import { ColumnReader, type Leaving, leavingTexts, othersFrom, type TypedColumn } from './column.ts';

const atOnce: Leaving = { texts: 0, once: 0, rows: 1_000, news: 1 };
const soon: Leaving = { texts: 3, once: 0.5, rows: 4, news: 0.3 };

/** Reads cells in parts of some sizes; what stands in the JSON of every third row is nothing. */
const read = (cells: readonly unknown[], sizes: readonly number[], leaving: Leaving, most = 0) => {
  const reader = new ColumnReader(most, leaving, (row) => (row % 3 === 0 ? undefined : { row }));
  let at = 0;
  for (const size of [...sizes, cells.length]) {
    const part = cells.slice(at, at + size);
    reader.take(
      JSON.stringify(part),
      Uint32Array.from(part, (_, n) => at + n),
    );
    at += part.length;
  }
  return reader.done();
};

const valueAt = ({ cells, others }: TypedColumn, at: number): unknown => {
  const cell = cells[at] ?? Number.NaN;
  if (Number.isNaN(cell)) return null;
  return cell <= othersFrom ? others.at(othersFrom - cell) : cell;
};

const cell = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.string({ unit: fc.constantFrom('a', 'b', '"', '\\', 'é', '\n'), maxLength: 4 }),
  },
  fc.constantFrom(null, elsewhere, -7, 0, 1_795_132_800_000),
);

test('a column has what was read into it, in whatever parts, whether its texts are left there or kept', () => {
  fc.assert(
    fc.property(
      fc.array(cell, { maxLength: 60 }),
      fc.array(fc.nat(9), { maxLength: 20 }),
      fc.constantFrom(atOnce, soon, leavingTexts),
      fc.constantFrom(0, 7, 100),
      fc.array(fc.nat(59)),
      (cells, sizes, leaving, most, asked) => {
        const column = read(cells, sizes, leaving, most);
        expect(column.cells).toHaveLength(cells.length);
        const expected = cells.map((one, at) =>
          one !== elsewhere ? one : at % 3 === 0 ? null : { row: at },
        );
        expect(cells.map((_, at) => valueAt(column, at))).toEqual(expected);
        // In any order, too.
        for (const at of asked) if (at < cells.length) expect(valueAt(column, at)).toEqual(expected[at]);
        expect(column.others.at(column.others.length)).toBeUndefined();
        for (let number = 0; number < column.others.length; number += 1)
          column.others.readLeft(number, (json, from) => {
            expect(json[from]).toBe('"');
            return true;
          });
      },
    ),
  );
});

test('texts that come again are kept once; where few do, they are left', () => {
  const leaving = { texts: 100, once: 0.75, rows: 64, news: 0.2 };
  const areLeft = (textOf: (row: number) => string) => {
    const cells = Array.from({ length: 1_000 }, (_, row) => textOf(row));
    const { others } = read(cells, Array<number>(20).fill(50), leaving);
    return { left: others.areLeft, values: others.length };
  };
  expect(areLeft((row) => `t${row}`)).toEqual({ left: true, values: 1_000 });
  // As each comes a few times in a row, then never again.
  expect(areLeft((row) => `t${Math.floor(row / 4)}`).left).toBe(true);
  // Of the first rows, each has a text of its own.
  expect(areLeft((row) => `t${row % 90}`)).toEqual({ left: false, values: 90 });
  expect(areLeft((row) => `t${(row * row) % 97}`).left).toBe(false);
});
