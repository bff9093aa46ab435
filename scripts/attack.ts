import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/**
 * What an attacker would try, and the tests that carry it out with a hostile peer of its own each: a server, a page,
 * another program of this machine, files. Prints what was tried and what held. The same tests are part of `npm test`.
 */
const scenarios = [
  ['another program of this machine has the browser door’s cookie', 'src/web/server.test.ts'],
  ['hostile requests to the browser door', 'src/web/fuzz.test.ts'],
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
  ['escape sequences for the terminal', 'src/cli/output.test.ts'],
  ['the same in every text of a server, for every command', 'src/cli/hostile.test.ts'],
  ['views that are named like lists, manifests and devices', 'src/core/export/folder.test.ts'],
  ['a locked app is asked', 'src/core/desk/lock.test.ts'],
  ['pictures that lead into this machine and the private network', 'src/core/tenants/images.test.ts'],
  ['formulas in exports', 'src/core/export/csv-formulas.test.ts'],
  ['ids that climb', 'src/shared/path-ids.test.ts'],
  ['settings that others may read, damaged ones', 'src/core/settings/settings.test.ts'],
  ['a megabyte of what looks like secrets for the log', 'src/doors/redact.test.ts'],
  ['paths of a second start’s folder', 'src/main/arrivals.test.ts'],
  ['debuggers’ switches for a packaged app', 'src/main/switches.test.ts'],
  ['actions that move, secrets where they are not needed', 'scripts/workflows.test.ts'],
] as const;

const root = join(import.meta.dirname, '..');
let fell = 0;
for (const [tried, file] of scenarios) {
  console.log(`\n── ${tried}`);
  const args = [join(root, 'scripts', 'keychain-session.ts'), 'vitest', 'run', file, '--reporter=verbose'];
  const { status, stdout } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  for (const line of stdout.split('\n')) if (/[✓×]/.test(line)) console.log(line);
  if (status !== 0) fell += 1;
}
console.log(fell === 0 ? '\nAll held.' : `\n${fell} of ${scenarios.length} did not hold.`);
process.exitCode = fell === 0 ? 0 : 1;
