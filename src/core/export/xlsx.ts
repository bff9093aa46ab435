import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { ZipFile } from 'yazl';
import type { Column } from '../../shared/catalog/index.ts';
import { type Row, valueAt } from '../../shared/row.ts';
import { offsetAt, type Zone, zoneName } from '../../shared/zone.ts';
import { cellOf } from './csv.ts';

/** Rows of one sheet at most, its header included (ECMA-376; Excel's specifications and limits). */
const sheetRows = 1_048_576;
/** Rows that become text at a time: it is compressed before the next ones do. */
const rowsAtOnce = 200;
/** Characters of a cell at most, by the same limits. */
const longestCell = 32_767;
/** 1970-01-01 as a day of Excel's calendar. */
const epochDay = 25_569;
const dayMs = 86_400_000;
/** Moments that Excel can show as a date, unix ms: 1900-03-01 to 9999-12-31. */
const firstMs = Date.UTC(1900, 2, 1);
const lastMs = Date.UTC(10_000, 0, 1);

/** Styles by their place in `styles`. */
const style = { plain: 0, time: 1, head: 2 } as const;

const xml = (body: string) => `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${body}`;
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';

const styles = xml(
  `<styleSheet xmlns="${main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>` +
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' +
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs></styleSheet>',
);

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as XML: what XML cannot hold in the form that Excel gives it (`_x0000_`), halves of characters replaced. */
const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replace(/_x(?=[0-9A-Fa-f]{4}_)/g, '_x005F_x')
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, (char) => {
      const code = char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
      return `_x${code}_`;
    })
    .replace(/\r/g, '_x000D_')
    .replace(/[&<>"]/g, (char) => entities[char] ?? '');

const textCell = (text: string, as: number = style.plain): string => {
  const cut = text.length > longestCell ? `${text.slice(0, longestCell - 1)}…` : text;
  return `<c t="inlineStr" s="${as}"><is><t xml:space="preserve">${escaped(cut)}</t></is></c>`;
};

/** A value as its column's type has it; what does not fit the type stays text. */
const cell = (column: Column, row: Row, zone: Zone): string => {
  const value = valueAt(row, column.id);
  if (value === null || value === undefined) return '<c/>';
  if (typeof value === 'boolean') return `<c t="b"><v>${value ? 1 : 0}</v></c>`;
  if (typeof value === 'number' && Number.isFinite(value)) {
    if (column.kind !== 'time' && column.kind !== 'seconds') return `<c><v>${value}</v></c>`;
    const moment = column.kind === 'time' ? value : value * 1_000;
    const ms = moment + offsetAt(moment, zone);
    if (ms >= firstMs && ms < lastMs) return `<c s="${style.time}"><v>${ms / dayMs + epochDay}</v></c>`;
  }
  return textCell(cellOf(column, row, zone));
};

/** The name of a column: A to Z, then AA. */
const letters = (index: number): string =>
  index < 26
    ? String.fromCharCode(65 + index)
    : letters(Math.floor(index / 26) - 1) + String.fromCharCode(65 + (index % 26));

/** A date of Excel's has no zone: the column's name tells it. */
const headOf = ({ id, kind }: Column, zone: Zone): string =>
  kind === 'time' || kind === 'seconds' ? `${id} (${zoneName(zone)})` : id;

const head = (columns: readonly Column[], zone: Zone): string => {
  const widths = columns
    .map(
      ({ width = 140 }, n) =>
        `<col min="${n + 1}" max="${n + 1}" width="${Math.round(width / 7)}" customWidth="1"/>`,
    )
    .join('');
  return xml(
    `<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0">` +
      '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
      `<cols>${widths}</cols><sheetData><row>${columns.map((column) => textCell(headOf(column, zone), style.head)).join('')}</row>`,
  );
};

const foot = (columns: readonly Column[], rows: number): string =>
  `</sheetData><autoFilter ref="A1:${letters(columns.length - 1)}${rows}"/></worksheet>`;

/** Sheets need names of 31 characters at most, without some signs. */
const sheetName = (title: string, number: number): string => {
  const suffix = number === 1 ? '' : ` ${number}`;
  return `${title.replace(/[[\]:*?/\\']/g, ' ').slice(0, 31 - suffix.length)}${suffix}`;
};

/** The parts of the file that name its sheets. */
const frame = (title: string, sheets: number): Record<string, string> => {
  const numbers = Array.from({ length: sheets }, (_, n) => n + 1);
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  return {
    '[Content_Types].xml': xml(
      `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
        `<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/>` +
        `<Override PartName="/xl/styles.xml" ContentType="${type}.styles+xml"/>` +
        numbers
          .map(
            (n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${type}.worksheet+xml"/>`,
          )
          .join('') +
        '</Types>',
    ),
    '_rels/.rels': xml(
      `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ),
    'xl/workbook.xml': xml(
      `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${numbers
        .map((n) => `<sheet name="${escaped(sheetName(title, n))}" sheetId="${n}" r:id="rId${n}"/>`)
        .join('')}</sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': xml(
      `<Relationships xmlns="${packages}/relationships">${numbers
        .map(
          (n) =>
            `<Relationship Id="rId${n}" Type="${relations}/worksheet" Target="worksheets/sheet${n}.xml"/>`,
        )
        .join(
          '',
        )}<Relationship Id="rId${sheets + 1}" Type="${relations}/styles" Target="styles.xml"/></Relationships>`,
    ),
    'xl/styles.xml': styles,
  };
};

/**
 * Rows as an Excel workbook, written as a stream: times as dates of the zone, which their header names, numbers and booleans typed, anything else as text,
 * objects as JSON; the header frozen and filterable. More rows than a sheet holds continue on additional sheets; a cell that is
 * too long for Excel is cut, and ends in `…`. `mostRows`: rows of one sheet, its header included.
 */
export const xlsxWriter = (
  columns: readonly Column[],
  title: string,
  put: (bytes: Uint8Array) => Promise<void>,
  { zone = 'utc', mostRows = sheetRows }: { zone?: Zone | undefined; mostRows?: number } = {},
) => {
  const zip = new ZipFile();
  // The file says nothing of when it was made: the same rows give the same bytes.
  const options = { mtime: new Date(1980, 0, 1) };
  const drained = (async () => {
    for await (const bytes of zip.outputStream) await put(bytes as Uint8Array);
  })();
  // Whoever writes next hears of a failure; until then it is not unhandled.
  drained.catch(() => {});
  let sheet: PassThrough | null = null;
  let sheets = 0;
  let rows = 0;

  const send = async (text: string) => {
    if (sheet && !sheet.write(text)) await Promise.race([once(sheet, 'drain'), drained]);
  };
  const close = async () => {
    if (!sheet) return;
    await send(foot(columns, rows));
    sheet.end();
    sheet = null;
  };
  const open = async () => {
    await close();
    sheet = new PassThrough();
    sheets += 1;
    zip.addReadStream(sheet, `xl/worksheets/sheet${sheets}.xml`, options);
    rows = 1;
    await send(head(columns, zone));
  };
  return {
    async write(given: readonly Row[]) {
      for (let from = 0; from < given.length; ) {
        if (!sheet || rows === mostRows) await open();
        const some = given.slice(from, from + Math.min(rowsAtOnce, mostRows - rows));
        await send(
          some
            .map((row) => `<row>${columns.map((column) => cell(column, row, zone)).join('')}</row>`)
            .join(''),
        );
        rows += some.length;
        from += some.length;
      }
    },
    async end() {
      if (sheets === 0) await open();
      await close();
      for (const [path, text] of Object.entries(frame(title, sheets)))
        zip.addBuffer(Buffer.from(text), path, options);
      zip.end();
      await drained;
    },
  };
};
