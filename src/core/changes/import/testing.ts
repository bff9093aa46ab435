import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ZipFile } from 'yazl';
import { openImport } from './file.ts';
import type { FileLine } from './line.ts';

/** A folder for files of one test. */
export const folderFor = () => {
  const folder = mkdtempSync(join(tmpdir(), 'logto-desk-import-'));
  return {
    folder,
    write(name: string, content: string | Uint8Array): string {
      const path = join(folder, name);
      writeFileSync(path, content);
      return path;
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
};

/** What a file has in it. */
export const readAll = async (path: string, options: Parameters<typeof openImport>[1] = {}) => {
  await using file = await openImport(path, options);
  const lines: FileLine[] = [];
  for await (const line of file.lines()) lines.push(line);
  return { ...file, lines };
};

/** A ZIP of texts. */
export const zipOf = async (parts: Readonly<Record<string, string | Buffer>>): Promise<Buffer> => {
  const zip = new ZipFile();
  for (const [path, text] of Object.entries(parts)) zip.addBuffer(Buffer.from(text), path);
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A workbook as Excel itself writes one: shared texts, styles, cells with their names. */
export const workbookOf = (
  sheet: string,
  { shared = '', styles = '', attributes = '', further = '' } = {},
): Promise<Buffer> =>
  zipOf({
    '_rels/.rels': `<Relationships><Relationship Id="rId1" Type="${relations}/officeDocument" Target="/xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns:r="${relations}"><workbookPr ${attributes}/><sheets><sheet name="Notes" state="hidden" sheetId="2" r:id="rId9"/><sheet name="People" sheetId="1" r:id="rId1"/>${further}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId9" Type="${relations}/worksheet" Target="worksheets/sheet9.xml"/><Relationship Id="rId2" Type="${relations}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="${relations}/styles" Target="styles.xml"/></Relationships>`,
    'xl/sharedStrings.xml': `<sst>${shared}</sst>`,
    'xl/styles.xml': `<styleSheet>${styles}</styleSheet>`,
    'xl/worksheets/sheet1.xml': `<?xml version="1.0"?>\n<worksheet><sheetData>${sheet}</sheetData></worksheet>`,
    'xl/worksheets/sheet9.xml':
      '<worksheet><sheetData><row><c t="str"><v>hidden</v></c></row></sheetData></worksheet>',
  });
