import { posix } from 'node:path';
import { because } from '../../../shared/reasons.ts';
import { limits, tooLarge, unreadable } from './limits.ts';
import type { Cell, FileLine } from './line.ts';
import { isBlank } from './line.ts';
import type { Package } from './package.ts';
import { type Attributes, readXml, xmlParts } from './xml.ts';

/** A sheet of a workbook, and what its cells refer to. */
export type Sheet = { name: string; path: string; isHidden: boolean };
export type Workbook = {
  sheets: Sheet[];
  texts: string[];
  /** True for the formats, by their place, that show a number as a date. */
  dates: boolean[];
  /** Days between this workbook's calendar and that of 1900. */
  shift: number;
};

/** Formats of dates that Excel has without writing them down (ECMA-376 18.8.30). */
const isDateFormat = (id: number) =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
/** A format's code without what is quoted, escaped, or a condition. */
const bareCode = (code: string) => code.replace(/"[^"]*"|\\.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|_./gi, '');

/** `_x000D_` is how Excel writes what XML cannot hold. */
const unescaped = (text: string) =>
  text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

/** Characters of an error in a cell, such as `#DIV/0!`, that are told. */
const longestErrorCode = 40;

/** Relations of a part: their targets by id, and by the last word of their type. */
const relationsOf = async (pack: Package, path: string): Promise<Map<string, string>> => {
  const { dir, base } = posix.parse(path);
  const own = posix.join(dir, '_rels', `${base}.rels`);
  const found = new Map<string, string>();
  if (!pack.has(own)) return found;
  await readXml(pack.text(own, limits.unpackedHead), {
    open(name, { Id, Type = '', Target = '' }) {
      if (name !== 'Relationship') return;
      const target = Target.startsWith('/') ? Target.slice(1) : posix.join(dir, Target);
      if (Id) found.set(Id, target);
      found.set(`type ${Type.split('/').at(-1)}`, target);
    },
  });
  return found;
};

/** Texts of cells, which a workbook keeps once each. Throws `import.too_large`. */
const sharedTexts = async (pack: Package, path: string | undefined, name: string): Promise<string[]> => {
  const texts: string[] = [];
  if (path === undefined || !pack.has(path)) return texts;
  let size = 0;
  let text = '';
  const add = (characters: number) => {
    size += characters;
    if (size > limits.sharedText) throw tooLarge(name, 'it has more text than any list of users');
  };
  /** Reading aids for Japanese are beside the text, not part of it. */
  let inAid = false;
  let inText = false;
  await readXml(pack.text(path), {
    open(element) {
      if (element === 'si') text = '';
      if (element === 'rPh') inAid = true;
      if (element === 't') inText = !inAid;
    },
    text(part) {
      if (!inText) return;
      text += part;
      add(part.length);
    },
    close(element) {
      if (element === 't') inText = false;
      if (element === 'rPh') inAid = false;
      if (element !== 'si') return;
      // An empty one takes room, too.
      add(limits.sharedTextLeast);
      texts.push(unescaped(text));
    },
  });
  return texts;
};

const dateFormats = async (pack: Package, path: string | undefined): Promise<boolean[]> => {
  const dates: boolean[] = [];
  if (path === undefined || !pack.has(path)) return dates;
  const codes = new Map<number, string>();
  let inCells = false;
  await readXml(pack.text(path, limits.unpackedHead), {
    open(name, { numFmtId = '', formatCode = '' }) {
      if (name === 'numFmt') codes.set(Number(numFmtId), formatCode);
      if (name === 'cellXfs') inCells = true;
      if (name !== 'xf' || !inCells) return;
      const code = codes.get(Number(numFmtId));
      dates.push(code === undefined ? isDateFormat(Number(numFmtId)) : /[ymdhs]/i.test(bareCode(code)));
    },
    close(name) {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return dates;
};

/** What a workbook has. Throws `import.unreadable`, `import.too_large`. */
export const openWorkbook = async (pack: Package, name: string): Promise<Workbook> => {
  const path = (await relationsOf(pack, '')).get('type officeDocument') ?? 'xl/workbook.xml';
  const relations = await relationsOf(pack, path);
  const sheets: Sheet[] = [];
  let shift = 0;
  await readXml(pack.text(path, limits.unpackedHead), {
    open(element, attributes: Attributes) {
      if (element === 'workbookPr' && /^(1|true)$/.test(attributes.date1904 ?? '')) shift = 1_462;
      if (element !== 'sheet') return;
      const [, id = ''] = Object.entries(attributes).find(([key]) => /(^|:)id$/.test(key)) ?? [];
      const target = relations.get(id);
      if (target === undefined) return;
      sheets.push({
        name: attributes.name ?? '',
        path: target,
        isHidden: /hidden/i.test(attributes.state ?? ''),
      });
    },
  });
  if (sheets.length === 0) throw unreadable(name, 'it has no sheets');
  return {
    sheets,
    texts: await sharedTexts(pack, relations.get('type sharedStrings'), name),
    dates: await dateFormats(pack, relations.get('type styles')),
    shift,
  };
};

/** The place of a cell in its row, from 0, by its name, such as `AB12`. */
const placeOf = (name: string): number => {
  const [letters = ''] = /^[A-Z]{1,3}/.exec(name) ?? [];
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
};

/** 1970-01-01 as a day of Excel's calendar. */
const epochDay = 25_569;
const dayMs = 86_400_000;

/** A day of Excel's calendar in ISO 8601: a date, or a moment without a zone. */
const dateOf = (days: number): string | null => {
  const ms = Math.round((days - epochDay) * 86_400) * 1_000;
  if (!Number.isFinite(ms) || Math.abs(ms) > 8.64e15) return null;
  const iso = new Date(ms).toISOString();
  return ms % dayMs === 0 ? iso.slice(0, 10) : iso.slice(0, 19);
};

const valueFrom = (type: string, text: string, style: number, { texts, dates, shift }: Workbook): Cell => {
  if (type === 's') return texts[Number(text)] ?? '';
  if (type === 'b') return text === '1' || text === 'true';
  if (type === 'inlineStr' || type === 'str') return unescaped(text);
  if (type === 'd') return text;
  if (text === '') return '';
  const number = Number(text);
  return dates[style] ? (dateOf(number + shift) ?? number) : number;
};

/**
 * The rows of a sheet with something in them, by the number that Excel shows beside them. `width`: cells of a line; without
 * it, up to the last one. Throws `import.unreadable`, `import.too_large`.
 */
export async function* sheetLines(
  pack: Package,
  workbook: Workbook,
  sheet: Sheet,
  name: string,
  width?: number,
): AsyncGenerator<FileLine> {
  let ready: FileLine[] = [];
  let row: FileLine | null = null;
  let line = 0;
  let place = -1;
  let [type, style, text] = ['n', 0, ''];
  let inValue = false;
  let inAid = false;
  const put = (given: FileLine) => {
    if (type === 'e' && text !== '')
      given.fault = because('line.errorCell', { value: text.slice(0, longestErrorCode), column: place + 1 });
    const value = valueFrom(type, text, style, workbook);
    if (value === '') return;
    if (width !== undefined && place >= width) {
      given.fault ??= because('line.noHeading', { column: place + 1 });
      return;
    }
    if (place >= limits.columns) throw tooLarge(name, `it has more than ${limits.columns} columns`);
    given.cells[place] = value;
  };
  const events = {
    open(element: string, { r = '', t = 'n', s = '0' }: Attributes) {
      if (element === 'row') {
        line = Number(r) > line ? Number(r) : line + 1;
        row = { line, cells: [] };
        place = -1;
      }
      if (element === 'c') {
        place = r === '' ? place + 1 : placeOf(r);
        [type, style, text] = [t, Number(s), ''];
      }
      if (element === 'rPh') inAid = true;
      if (element === 'v' || element === 't') inValue = !inAid;
    },
    text(part: string) {
      if (!inValue) return;
      text += part;
      if (text.length > limits.line) throw tooLarge(name, `row ${line} has a cell that is too long`);
    },
    close(element: string) {
      if (element === 'rPh') inAid = false;
      if (element === 'v' || element === 't') inValue = false;
      if (element === 'c' && row) put(row);
      if (element !== 'row' || !row) return;
      const cells = Array.from({ length: width ?? row.cells.length }, (_, at) => row?.cells[at] ?? '');
      const whole = { ...row, cells };
      if (!isBlank(whole)) ready.push(whole);
      row = null;
    },
  };
  for await (const _ of xmlParts(pack.text(sheet.path), events)) {
    const some = ready;
    ready = [];
    yield* some;
  }
}
