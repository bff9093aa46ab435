import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { electronPath } from './electron-runtime.ts';

/** Starts as `npm start` does, under an environment; `until` ends it as soon as the output has what is waited for. */
const start = async (args: string[], env: NodeJS.ProcessEnv, until: RegExp) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'logto-desk-start-'));
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'start.ts'), '--data-dir', dataDir, ...args],
    { env: { ...process.env, ...env } },
  );
  let out = '';
  let told = false;
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      out += chunk;
      // Told a second time it would end at once, by the signal.
      if (told || !until.test(out)) return;
      told = true;
      child.kill('SIGTERM');
    });
  }
  const timer = setTimeout(() => child.kill('SIGKILL'), 25_000);
  const [code] = await once(child, 'close');
  clearTimeout(timer);
  return { out, code };
};

const noDisplay = { DISPLAY: '', WAYLAND_DISPLAY: '' };

test.skipIf(process.platform !== 'linux')(
  'without a display it prints an address and ends when told to',
  async () => {
    const { out, code } = await start([], noDisplay, /token=/);
    expect(out).toContain('There is no display here');
    expect(out).toMatch(/http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}\n/);
    expect(code).toBe(0);
  },
);

test.skipIf(electronPath() !== null)(
  'where the runtime can be neither found nor downloaded it says so in one line and opens the browser door',
  async () => {
    const { out, code } = await start(
      ['--no-open'],
      { DISPLAY: ':99', ELECTRON_MIRROR: 'http://127.0.0.1:9/' },
      /token=/,
    );
    const lines = out.split('\n').filter((line) => line && !line.startsWith('Building'));
    expect(lines[0]).toBe(
      'The Electron runtime is not here, and 127.0.0.1:9 did not give it (ELECTRON_MIRROR names another place); use it in a browser instead.',
    );
    // An address, and where there is one its plain form, each below its sentence.
    expect([3, 5]).toContain(lines.length);
    expect(out).not.toMatch(/\n\s+at /);
    expect(code).toBe(0);
  },
);

test.each([
  [['--web', '--prot', '80'], 'Invalid --prot.'],
  [['--web', '--port', '99999'], 'Invalid --port.'],
])('%j is refused in one line', async (args, reason) => {
  const { out, code } = await start(args, noDisplay, /never/);
  const lines = out.split('\n').filter((line) => line && !line.startsWith('Building'));
  expect([code, lines]).toEqual([2, [expect.stringContaining(reason)]]);
});

test('a port in use is told in one line', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const { out, code } = await start(['--web', '--no-open', '--port', String(port)], noDisplay, /token=/);
  server.close();
  const lines = out.split('\n').filter((line) => line && !line.startsWith('Building'));
  expect([code, lines]).toEqual([2, [expect.stringContaining(`port ${port} is in use`)]]);
});
