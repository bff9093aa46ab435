import { execFileSync } from 'node:child_process';
import { AsyncEntry } from 'keytar';
import { errorValueOf } from '../../shared/errors.ts';
import { loadKeytar, osKeychain, secretService } from './keychain.ts';

/** Run by `keychain.test.ts` inside other sessions: prints what becomes of a secret there. */
const keychain = osKeychain('logto-desk-probe', loadKeytar);

const report = async (step: string, work: () => Promise<unknown>) => {
  const outcome = await work().then(
    (value) => (value === undefined ? 'ok' : String(value)),
    (error: unknown) => errorValueOf(error).code,
  );
  process.stdout.write(`probe ${step} ${outcome}\n`);
};

// Others hold all that the bus takes, where that is asked: `keychain-probe.ts full`.
const held: AsyncEntry[] = [];
if (process.argv.includes('full'))
  try {
    for (;;) held.push(new AsyncEntry('logto-desk-probe', `other-${held.length}`, secretService));
  } catch (error) {
    if (!/connections/.test(String(error))) throw error;
  }
// The service ends like one that crashed, where that is asked: `keychain-probe.ts crash`, or `crash-first`.
const crash = () => {
  const owner = ['org.freedesktop.DBus.GetConnectionUnixProcessID', 'string:org.freedesktop.secrets'];
  const bus = ['--session', '--print-reply', '--dest=org.freedesktop.DBus', '/'];
  const [, id] =
    /uint32 (\d+)/.exec(execFileSync('dbus-send', [...bus, ...owner], { encoding: 'utf8' })) ?? [];
  process.kill(Number(id), 'SIGSEGV');
};
if (process.argv.includes('crash-first')) crash();
await report('set', () => keychain.set('account', 's3cret'));
if (process.argv.includes('crash')) crash();
await report('get', () => keychain.get('account'));
await report('delete', () => keychain.delete('account'));
await report('get', () => keychain.get('account'));
