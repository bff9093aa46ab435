import { fstatSync, readSync } from 'node:fs';

/** Where a SQLite file goes wrong; shown as the reason that it is refused. */
export class BadFile extends Error {}

/** No tree of a real file is deeper: 20 levels of the smallest pages hold more than a file can. */
const deepest = 20;
const interior = [0x02, 0x05];
const leaves = [0x0a, 0x0d];

/** Pages of a SQLite file (https://sqlite.org/fileformat2.html), read one at a time. */
type Pages = { size: number; count: number; read: (page: number) => Buffer };

const pagesOf = (file: number): Pages => {
  const header = Buffer.alloc(100);
  if (readSync(file, header, 0, 100, 0) < 100 || header.toString('latin1', 0, 16) !== 'SQLite format 3\0')
    throw new BadFile('not a database');
  const stored = header.readUInt16BE(16);
  const size = stored === 1 ? 65_536 : stored;
  if (size < 512 || (size & (size - 1)) !== 0) throw new BadFile('not a database');
  const page = Buffer.alloc(size);
  return {
    size,
    count: Math.ceil(fstatSync(file).size / size),
    read: (number) => {
      page.fill(0);
      readSync(file, page, 0, size, (number - 1) * size);
      return page;
    },
  };
};

/** Where a page's cells begin, by its list of them, which follows a header of `length` bytes. */
const cellsOf = (page: Buffer, at: number, length: number): number[] => {
  const cells = page.readUInt16BE(at + 3);
  if (at + length + cells * 2 > page.length) throw new BadFile('a page holds more than fits');
  const places = Array.from({ length: cells }, (_, n) => page.readUInt16BE(at + length + n * 2));
  if (places.some((place) => place + 4 > page.length)) throw new BadFile('a page points outside itself');
  return places;
};

/** The pages that an interior page leads to. */
const childrenOf = (page: Buffer, at: number): number[] => [
  ...cellsOf(page, at, 12).map((cell) => page.readUInt32BE(cell)),
  page.readUInt32BE(at + 8),
];

/** The definitions on a leaf of the schema are texts of two bytes' length at most: longer ones are read from afar. */
const refuseLongCells = (page: Buffer, at: number) => {
  const isLong = (cell: number) => (page[cell] ?? 0) >= 0x80 && (page[cell + 1] ?? 0) >= 0x80;
  if (cellsOf(page, at, 8).some(isLong)) throw new BadFile('its tables are not those of a snapshot');
};

/**
 * Walks trees of a SQLite file from their roots, so that SQLite has an end when it walks them: a page that can be reached
 * twice makes a small file endless, and one that leads ever deeper ends in a crash. `file` is a descriptor. Throws `BadFile`.
 */
export const walkTrees = (file: number, roots: readonly number[]): void => {
  const { count, read } = pagesOf(file);
  const seen = new Set<number>();
  const walk = (root: number, number: number, depth: number) => {
    if (number < 1 || number > count) throw new BadFile('a page lies outside the file');
    if (seen.has(number)) throw new BadFile('a page is reached twice');
    if (depth > deepest) throw new BadFile('pages lead too deep');
    seen.add(number);
    const page = read(number);
    // The file's own header stands before the first page's.
    const at = number === 1 ? 100 : 0;
    const kind = page[at] ?? 0;
    if (leaves.includes(kind)) return root === 1 ? refuseLongCells(page, at) : undefined;
    if (!interior.includes(kind)) throw new BadFile('a page is of no known kind');
    for (const child of childrenOf(page, at)) walk(root, child, depth + 1);
  };
  for (const root of roots) walk(root, root, 1);
};
