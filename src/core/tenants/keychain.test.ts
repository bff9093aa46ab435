import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';

import { loadKeytar, osKeychain } from './keychain.ts';

const run = promisify(execFile);
const probe = join(import.meta.dirname, 'keychain-probe.ts');
const around = join(import.meta.dirname, '../../../scripts/keychain-session.sh');

/** Sets, reads and deletes a secret in a process with another session around it; each line is one outcome. */
const outcomes = async (command: string, args: string[], env: NodeJS.ProcessEnv, ...how: string[]) => {
  const { stdout } = await run(command, [...args, process.execPath, probe, ...how], { env, timeout: 50_000 });
  return stdout
    .trim()
    .split('\n')
    .filter((line) => line.startsWith('probe '));
};

const { DBUS_SESSION_BUS_ADDRESS: _, ...withoutBus } = process.env;
const home = () => mkdtempSync(join(tmpdir(), 'logto-desk-home-'));
const isolated = () => {
  const folder = home();
  return { ...withoutBus, HOME: folder, XDG_DATA_HOME: join(folder, 'data'), XDG_RUNTIME_DIR: folder };
};

const busWith = (
  policies: string,
  limits = '',
) => `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <standard_session_servicedirs/>
  ${limits}
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
    ${policies}
  </policy>
</busconfig>`;

/** A session bus that lets nobody call the Secret Service. */
const refusingBus = busWith(`<deny send_interface="org.freedesktop.Secret.Service"/>
    <deny send_interface="org.freedesktop.Secret.Collection"/>
    <deny send_interface="org.freedesktop.Secret.Item"/>`);

/** A session bus that is full soon. */
const fullBus = busWith('', '<limit name="max_connections_per_user">12</limit>');

describe.skipIf(process.platform !== 'linux')('the keychain', () => {
  test('keeps a secret in a real Secret Service', async () => {
    expect(await outcomes('env', [], process.env)).toEqual([
      'probe set ok',
      'probe get s3cret',
      'probe delete ok',
      'probe get null',
    ]);
  });

  test.each(['crash', 'crash-first'])(
    'whose service crashes and is started again is asked again: %s',
    async (how) => {
      const bus = `--config-file=${join(import.meta.dirname, '../../../scripts/keychain-session.conf')}`;
      const session = [bus, '--', 'sh', around, 'unlocked'];
      expect(await outcomes('dbus-run-session', session, isolated(), how)).toEqual([
        'probe set ok',
        'probe get s3cret',
        'probe delete ok',
        'probe get null',
      ]);
    },
  );

  test('that is not there is unavailable, not silently something else', async () => {
    const unavailable = ['set', 'get', 'delete', 'get'].map((step) => `probe ${step} keychain.unavailable`);
    expect(await outcomes('env', [], isolated())).toEqual(unavailable);
  });

  test('that is locked says so, when reading too', async () => {
    const env = isolated();
    const session = (state: string, runtime: string) => [
      '--',
      'env',
      `XDG_RUNTIME_DIR=${runtime}`,
      'sh',
      around,
      state,
    ];
    // The first session makes a key ring, the second finds it locked and has nobody to ask for its password.
    await run('dbus-run-session', [...session('unlocked', home()), 'true'], { env });
    const locked = ['set', 'get', 'delete', 'get'].map((step) => `probe ${step} keychain.locked`);
    expect(await outcomes('dbus-run-session', session('locked', home()), env)).toEqual(locked);
  });

  test.each([
    ['that refuses this program says so, and nothing is taken for kept', refusingBus, 'keychain.locked', []],
    [
      'on a bus that takes no more connections is unavailable, and keeps nothing elsewhere',
      fullBus,
      'keychain.unavailable',
      ['full'],
    ],
  ])('%s', async (_, bus, code, how) => {
    const env = isolated();
    const config = join(env.HOME, 'bus.conf');
    writeFileSync(config, bus);
    const args = [`--config-file=${config}`, '--', 'sh', around, 'unlocked'];
    const expected = ['set', 'get', 'delete', 'get'].map((step) => `probe ${step} ${code}`);
    expect(await outcomes('dbus-run-session', args, env, ...how)).toEqual(expected);
  });

  test('whose item another program removed reads as empty', async () => {
    const service = `logto-desk-test-${randomUUID()}`;
    const keychain = osKeychain(service, loadKeytar);
    await keychain.set('someone', 's3cret');
    const send = (path: string, ...rest: string[]) =>
      run('dbus-send', ['--session', '--print-reply', '--dest=org.freedesktop.secrets', path, ...rest]);
    const { stdout } = await send(
      '/org/freedesktop/secrets',
      'org.freedesktop.Secret.Service.SearchItems',
      `dict:string:string:service,${service}`,
    );
    const [item = ''] = /\/org\/freedesktop\/secrets\/collection\/[\w/]+/.exec(stdout) ?? [];
    await send(item, 'org.freedesktop.Secret.Item.Delete');
    expect(await keychain.get('someone')).toBeNull();
    await keychain.delete('someone');
    await keychain.set('someone', 'another');
    expect(await keychain.get('someone')).toBe('another');
    await keychain.delete('someone');
  });
});
