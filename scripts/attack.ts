import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

/**
 * What an attacker would try, and the tests that carry it out with a hostile peer of its own each: a server, a page,
 * another program of this machine, files. Prints what was tried and what held. The same tests are part of `npm test`.
 */
const scenarios = [
  ['another program of this machine has the browser door’s cookie', 'src/web/server.test.ts'],
  ['hostile requests to the browser door', 'src/web/fuzz.test.ts'],
  ['the same as raw bytes: hosts, forms, methods, one hidden in another', 'src/web/raw-requests.test.ts'],
  ['networks and names without end', 'src/shared/network.test.ts'],
  [
    'a page that may call everything wants the stored secret sent elsewhere',
    'src/core/tenants/bound-secret.test.ts',
  ],
  [
    'snapshots: plain bytes beside a sealed one, endless views, foreign schemas, costly passphrases',
    'src/core/mirror/snapshot-attacks.test.ts',
  ],
  ['ids of tenants that are paths, databases of other programs', 'src/core/mirror/ownership.test.ts'],
  ['parts, journals and links planted in a shared folder', 'src/core/export/shared-folder.test.ts'],
  ['manifests that lie of rows, tenants and views', 'src/core/export/kept-files.test.ts'],
  [
    'another user of this machine: data folder, exports, door, signals, planted targets',
    'src/doors/second-user.test.ts',
  ],
  ['TLS is switched off by the environment', 'src/doors/node-fetch.test.ts'],
  ['the same for databases and proxies, with the terminal', 'src/cli/tls.test.ts'],
  ['a database in the clear, and one that writes passwords back', 'src/core/export/database.test.ts'],
  ['expressions that never end, answers that are a flood', 'src/core/base/time-limit.test.ts'],
  ['answers of millions of values', 'src/core/client/size.test.ts'],
  ['a tenant that floods, while another one answers', 'src/core/client/flood.test.ts'],
  ['links that start the demo or an expression, and links without end', 'src/shared/deep-link.test.ts'],
  ['a view that ended the last run', 'src/renderer/state/workspace.test.ts'],
  ['a server writes the secret and the token back', 'src/core/client/scrub.test.ts'],
  ['redirects with credentials, pages in the place of answers', 'src/core/client/answer.test.ts'],
  ['a marked secret at every string of recorded answers', 'src/core/masks.test.ts'],
  [
    'the same in files of exports, copies and snapshots, panels, and the terminal',
    'src/core/export/masked-files.test.ts',
  ],
  ['escape sequences for the terminal', 'src/cli/output.test.ts'],
  ['the same in every text of a server, for every command', 'src/cli/hostile.test.ts'],
  ['views that are named like lists, manifests and devices', 'src/core/export/folder.test.ts'],
  ['a locked app is asked', 'src/core/desk/lock.test.ts'],
  [
    'changes: sent twice, noted as done, secrets echoed or written where they can be read, ids that climb',
    'src/core/changes/hostile.test.ts',
  ],
  [
    'changes: data that no plan holds, answers of another form, lists without end, two who undo the same',
    'src/core/changes/hostile-state.test.ts',
  ],
  [
    'changes: a gateway that answers in the server’s place, other objects’ rows, IDs that climb in answers',
    'src/core/changes/lying-answers.test.ts',
  ],
  ['a request with an end user’s own data that is pasted into a shell', 'src/core/changes/curl.test.ts'],
  ['writes whose answer is broken on its way', 'src/core/client/writer.test.ts'],
  ['certificates and metadata with keys and credentials in them', 'src/core/masked-documents.test.ts'],
  [
    'imports: bombs, endless lines, texts and attributes, JSON without an end to its levels',
    'src/core/changes/import/file.test.ts',
  ],
  ['the same as a window hands them over', 'src/core/changes/import/import-desk.test.ts'],
  ['plans’ files that were edited', 'src/core/changes/plan-file.test.ts'],
  ['changes to a tenant that is locked, read-only, or in production', 'src/core/changes/guards.test.ts'],
  ['pictures that lead into this machine and the private network', 'src/core/tenants/images.test.ts'],
  ['formulas in exports', 'src/core/export/csv-formulas.test.ts'],
  [
    'cells that run, break a file, or hide, in CSV, Excel and Parquet',
    'src/core/export/hostile-cells.test.ts',
  ],
  ['ids that climb', 'src/shared/path-ids.test.ts'],
  ['settings that others may read, damaged ones', 'src/core/settings/settings.test.ts'],
  ['a megabyte of what looks like secrets for the log', 'src/doors/redact.test.ts'],
  ['paths of a second start’s folder', 'src/main/arrivals.test.ts'],
  ['debuggers’ switches for a packaged app', 'src/main/switches.test.ts'],
  ['actions that move, secrets where they are not needed', 'scripts/workflows.test.ts'],
] as const;

type Result = {
  testResults: { name: string; status: string; assertionResults: { fullName: string; status: string }[] }[];
};

const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'logto-desk-attack-'));
const report = join(folder, 'report.json');
// All in one run: to start one for each would take longer than the attacks.
const files = scenarios.map(([, file]) => file);
const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${report}`];
const session = join(root, 'scripts', 'keychain-session.ts');
spawnSync(process.execPath, [session, 'vitest', 'run', ...files, ...reporters], {
  cwd: root,
  stdio: ['ignore', 'inherit', 'inherit'],
});
// Without a report nothing was tried, and nothing held.
const { testResults } = existsSync(report)
  ? (JSON.parse(readFileSync(report, 'utf8')) as Result)
  : { testResults: [] };
rmSync(folder, { recursive: true });

const marks: Readonly<Record<string, string>> = { passed: '✓', failed: '×' };
let fell = 0;
for (const [tried, file] of scenarios) {
  console.log(`\n── ${tried}`);
  const result = testResults.find(({ name }) => relative(root, name).replaceAll('\\', '/') === file);
  for (const { status, fullName } of result?.assertionResults ?? [])
    console.log(` ${marks[status] ?? '↓ skipped:'} ${fullName}`);
  if (!result) console.log(' × it was not tried');
  if (result?.status !== 'passed') fell += 1;
}
console.log(fell === 0 ? '\nAll held.' : `\n${fell} of ${scenarios.length} did not hold.`);
process.exitCode = fell === 0 ? 0 : 1;
