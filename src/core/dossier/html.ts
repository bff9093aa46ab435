import { createHash } from 'node:crypto';
import type { i18n } from 'i18next';
import { isWhole } from '../../shared/dossier.ts';
import { columnTitle } from '../../shared/phrases/catalog-words.ts';
import {
  goneInWords,
  lackingInWords,
  sectionTitle,
  stateInWords,
} from '../../shared/phrases/dossier-words.ts';
import { secretMask } from '../../shared/row.ts';
import type { Dossier, SectionSummary } from './dossier.ts';
import {
  apart,
  cell,
  fieldsOf,
  html,
  jsonBlock,
  shownColumns,
  type Written,
  wholeTime,
} from './html-values.ts';

/** The whole look of the file. What is closed on the screen is open on paper. */
const style = `
:root { color-scheme: light dark; --text: #1c1e21; --quiet: #5a6068; --page: #fff; --line: #d5d9de; --head: #f2f4f6; --bad: #a32a1d; --good: #1f6f3a; }
@media (prefers-color-scheme: dark) { :root { --text: #e6e8ea; --quiet: #a3a9b1; --page: #17191c; --line: #3a3f46; --head: #22262b; --bad: #ff9c8f; --good: #8fd6a5; } }
body { margin: 2rem auto; max-width: 75rem; padding: 0 1.5rem; background: var(--page); color: var(--text); font: 14px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; margin: 0 0 .5rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
h1, h2, td, th, p { overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; } th, td { border: 1px solid var(--line); padding: .3rem .5rem; text-align: start; vertical-align: top; }
th { background: var(--head); font-weight: 600; } th[scope=row] { width: 14rem; }
small, .quiet { color: var(--quiet); } small { font-size: .85em; }
.bad { color: var(--bad); } .good { color: var(--good); } .wide { overflow-x: auto; }
pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; font: 12px/1.4 ui-monospace, monospace; }
a { color: inherit; } summary { cursor: pointer; }
@media print { :root { color-scheme: light; --text: #000; --quiet: #444; --page: #fff; --line: #bbb; --head: #eee; --bad: #8a1c10; --good: #17552c; } body { margin: 0; max-width: none; padding: 0; font-size: 10px; } .wide { overflow: visible; } tr { break-inside: avoid-page; } h2 { break-after: avoid; } summary { display: none; } details::details-content { content-visibility: visible; } }
`;

/** No script, no picture, no form, nothing from anywhere: of styles this one alone. */
const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'`;

const line = (title: string, value: string) =>
  `<tr><th scope="row">${html(title)}</th><td>${value}</td></tr>`;

const about = (phrases: i18n, { manifest }: Dossier): string => {
  const { t } = phrases;
  const { tenant, user, source, asOf, startedAt, endedAt, zone, app, complete } = manifest;
  const time = (iso: string) => wholeTime(Date.parse(iso), zone);
  return `<h2>${html(t('dossier.about'))}</h2>
<table>
${[
  line(t('dossier.tenant'), apart(tenant.name)),
  line(t('dossier.address'), apart(tenant.endpoint)),
  line(t('dossier.user'), `${apart(user.name)} <small>${html(user.id)}</small>`),
  line(t('dossier.source'), html(t(`dossier.sources.${source}`))),
  ...(asOf === null ? [] : [line(t('dossier.asOf'), html(time(asOf)))]),
  line(t('dossier.read'), html(t('dossier.readBetween', { from: time(startedAt), to: time(endedAt) }))),
  line(t('dossier.zone'), html(zone)),
  line(t('dossier.program'), html(app)),
  line(t('dossier.isComplete'), html(t(complete ? 'dossier.yes' : 'dossier.no'))),
].join('\n')}
</table>
<p class="quiet">${html(t('dossier.secrets', { mask: secretMask }))}<br>${html(t('dossier.logs'))}</p>`;
};

const stateCell = (phrases: i18n, section: SectionSummary, { manifest }: Dossier): string =>
  [
    `<span class="${isWhole(section) ? 'quiet' : 'bad'}">${html(stateInWords(phrases.t, section, manifest))}</span>`,
    ...lackingInWords(phrases, section).map((text) => `<small>${html(text)}</small>`),
  ].join('<br>');

const contents = (phrases: i18n, dossier: Dossier): string => {
  const { t } = phrases;
  const heads = [t('dossier.list'), t('dossier.rows'), t('dossier.state')];
  const lines = dossier.manifest.sections.map(
    (section) =>
      `<tr><td><a href="#${html(section.id)}">${html(sectionTitle(t, section.id))}</a></td><td>${section.count}</td><td>${stateCell(phrases, section, dossier)}</td></tr>`,
  );
  return `<h2>${html(t('dossier.contents'))}</h2>
<table><thead><tr>${heads.map((text) => `<th scope="col">${html(text)}</th>`).join('')}</tr></thead>
<tbody>
${lines.join('\n')}
</tbody></table>`;
};

const profile = (written: Written, { user }: Dossier): string => {
  const lines = fieldsOf('users', user).flatMap((column) => {
    const value = cell(column, user, written);
    return value === '' ? [] : [line(columnTitle(written.t, 'users', column.id), value)];
  });
  return `<h2 id="user">${html(written.t('dossier.profile'))}</h2>\n<table>\n${lines.join('\n')}\n</table>`;
};

/** A section, in pieces: an audit log may be long. */
function* sectionPieces(
  phrases: i18n,
  written: Written,
  section: SectionSummary,
  dossier: Dossier,
): Generator<string> {
  const { t } = written;
  const { id } = section;
  const rows = dossier.sections[id] ?? [];
  yield `<section aria-labelledby="${html(id)}"><h2 id="${html(id)}">${html(sectionTitle(t, id))} <small>${rows.length}</small></h2>\n`;
  if (section.state !== 'complete') yield `<p>${stateCell(phrases, section, dossier)}</p>\n`;
  else if (rows.length === 0) yield `<p class="quiet">${html(t('dossier.none'))}</p>\n`;
  if (rows.length > 0) {
    const isBelow = rows.some((row) => Object.hasOwn(row, 'parentId'));
    const columns = shownColumns(id);
    const heads = [
      ...(isBelow ? [t('dossier.of')] : []),
      ...columns.map((column) => columnTitle(t, id, column.id)),
      t('dossier.allFields'),
    ];
    yield `<div class="wide"><table><thead><tr>${heads.map((text) => `<th scope="col">${html(text)}</th>`).join('')}</tr></thead>\n<tbody>\n`;
    for (const row of rows) {
      const { parentId: _, parentName, ...own } = row;
      const cells = [
        ...(isBelow ? [apart(String(parentName ?? ''))] : []),
        ...columns.map((column) => cell(column, row, written)),
        `<details><summary>${html(t('dossier.show'))}</summary>${jsonBlock(isBelow ? own : row)}</details>`,
      ];
      yield `<tr>${cells.map((text) => `<td>${text}</td>`).join('')}</tr>\n`;
    }
    yield '</tbody></table></div>\n';
  }
  yield '</section>\n';
}

/** The dossier as a page that is read, kept and printed as it is, in pieces; it has no script and asks nobody for anything. */
export function* htmlPieces(dossier: Dossier, phrases: i18n): Generator<string> {
  const { t, language } = phrases;
  const { manifest, names } = dossier;
  const { user, complete, source } = manifest;
  const written: Written = { t, zone: manifest.zone, names };
  const title = html(t('dossier.title', { user: user.name }));
  const lacking = manifest.sections.filter((section) => !isWhole(section));
  const lists = lacking.map(({ id }) => sectionTitle(t, id)).join(', ');
  const gone = goneInWords(phrases, manifest);
  const verdict = complete
    ? t(source === 'server' ? 'dossier.complete' : 'dossier.completeCopy')
    : [...(lists ? [t('dossier.notComplete', { lists })] : []), ...(gone ? [gone] : [])].join(' ');
  yield `<!doctype html>
<html lang="${html(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p class="${complete ? 'good' : 'bad'}">${html(verdict)}</p>
${about(phrases, dossier)}
${contents(phrases, dossier)}
${profile(written, dossier)}
`;
  for (const section of manifest.sections) yield* sectionPieces(phrases, written, section, dossier);
  yield '</main>\n</body>\n</html>\n';
}
