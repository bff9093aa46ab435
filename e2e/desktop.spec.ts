import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  addTenant,
  cell,
  expect,
  expectAccessible,
  front,
  openDemo,
  openJobs,
  openList,
  runtime,
  test,
} from './desk.ts';
import { spawnStandIn } from './doors/stand-in.ts';

/** What only the desktop has. Under the stand-in too, unless a test says otherwise. */
// biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from this pattern
test.beforeEach(({}, info) => {
  info.annotations.push({ type: 'runtime', description: runtime() });
});

test('the page has the link and nothing of Node or Electron', async ({ startDesktop }) => {
  const { page } = await startDesktop();
  const found = await page.evaluate(() => ({
    node: ['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer'].filter(
      (name) => name in window,
    ),
    link: Object.keys((window as unknown as { desk: object }).desk).sort(),
    frozen: Object.isFrozen((window as unknown as { desk: object }).desk),
    replaceable: Object.getOwnPropertyDescriptor(window, 'desk')?.writable,
  }));
  expect(found).toEqual({ node: [], link: ['onAnswer', 'send'], frozen: true, replaceable: false });
});

test('the policy holds: no code from text, no foreign script, no word to a network', async ({
  startDesktop,
}) => {
  const { page, outside, complaints } = await startDesktop();
  const refused = await page.evaluate(async () => {
    const violations: string[] = [];
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
      violations.push(effectiveDirective),
    );
    const tries: Record<string, string> = {};
    const attempt = async (name: string, work: () => unknown) => {
      // In a task of its own: what a debugger evaluates is exempt from the policy.
      tries[name] = await new Promise((next) => setTimeout(next)).then(work).then(
        () => 'went through',
        () => 'refused',
      );
    };
    // biome-ignore lint/security/noGlobalEval: the point of the test
    await attempt('eval', () => window.eval('1'));
    await attempt('Function', () => new Function('return 1')());
    await attempt('fetch', () => fetch('https://example.com/'));
    await attempt('beacon', () => {
      const script = document.createElement('script');
      script.src = 'https://example.com/x.js';
      document.head.append(script);
      return new Promise((resolve, reject) => {
        script.onload = resolve;
        script.onerror = reject;
      });
    });
    await attempt('image', () => {
      const image = new Image();
      image.src = 'https://example.com/pixel.gif';
      return image.decode();
    });
    await attempt('inline', () => {
      const script = document.createElement('script');
      script.textContent = 'window.ranInline = true';
      document.head.append(script);
      if (!('ranInline' in window)) throw new Error('did not run');
    });
    for (const html of ['<img src=x onerror=alert(1)>', '<script>1</script>', '<a href="javascript:1">x</a>'])
      await attempt(html, () => {
        document.createElement('div').innerHTML = html;
      });
    await attempt('worker', () => {
      const worker = new Worker('data:text/javascript,postMessage(1)');
      return new Promise((resolve, reject) => {
        worker.onmessage = resolve;
        worker.onerror = reject;
      });
    });
    return { tries, violations: [...new Set(violations)].sort() };
  });
  expect(Object.values(refused.tries)).toEqual(Object.values(refused.tries).map(() => 'refused'));
  expect(refused.violations).toEqual(
    expect.arrayContaining(['connect-src', 'img-src', 'require-trusted-types-for']),
  );
  expect(await outside()).toEqual([]);
  // The console tells of each refusal; that is what was wanted here.
  complaints.length = 0;
});

test('links open in the system’s browser; nothing else opens, and the page stays', async ({
  startDesktop,
}) => {
  const { page, opened, complaints } = await startDesktop();
  const before = page.url();
  const windows = page.context().pages().length;
  await page.evaluate(() => {
    for (const href of ['https://logto.io/docs', 'file:///etc/passwd', 'smb://host/share']) {
      const link = Object.assign(document.createElement('a'), { href, target: '_blank' });
      document.body.append(link);
      link.click();
    }
  });
  await expect.poll(opened).toEqual(['https://logto.io/docs']);
  for (const href of [
    'https://evil.example/',
    'file:///etc/passwd',
    'data:text/html,x',
    'javascript:document.title="x"',
  ]) {
    await page.evaluate((to) => {
      const link = Object.assign(document.createElement('a'), { href: to });
      document.body.append(link);
      link.click();
    }, href);
  }
  await page.waitForTimeout(300);
  expect(page.url()).toBe(before);
  expect(await page.title()).toBe('Logto Desk');
  await expect.poll(() => page.context().pages().length).toBe(windows);
  await expect(page.getByText('Explore the demo tenant')).toBeVisible();
  // Chromium itself refuses some of these, and says so.
  complaints.length = 0;
});

test('every permission is denied but the one that none needs to ask for', async ({ startDesktop }) => {
  const { page } = await startDesktop();
  const states = await page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'midi'];
    const asked = names.map(async (name) => {
      const { state } = await navigator.permissions.query({ name: name as PermissionName });
      return [name, state] as const;
    });
    return Object.fromEntries(await Promise.all(asked));
  });
  for (const [name, state] of Object.entries(states)) expect(state, name).not.toBe('granted');
});

test('the window opens as it was left, and what it was is kept when it ends', async ({
  startDesktop,
  dataDir,
}) => {
  const file = join(dataDir, 'window.json');
  const left = { x: 100, y: 50, width: 1100, height: 700, maximized: true, zoom: 1 };
  writeFileSync(file, JSON.stringify(left));
  const started = await startDesktop();
  await expect(started.page.getByText('Explore the demo tenant')).toBeVisible();
  rmSync(file);
  await started.quit();
  const kept = JSON.parse(readFileSync(file, 'utf8'));
  // A real window is moved by whatever manages windows.
  expect(kept).toMatchObject(runtime() === 'stand-in' ? left : { zoom: 1 });
});

test('the menu has the system’s own entries, without developer tools', async ({ startDesktop }) => {
  const { menu } = await startDesktop();
  const roles = (await menu()).map((role) => role.toLowerCase());
  expect(roles).toEqual(expect.arrayContaining(['editmenu', 'resetzoom', 'windowmenu']));
  expect(roles).not.toContain('toggledevtools');
  expect(roles).not.toContain('reload');
});

test('the menu locks the app', async ({ startDesktop }) => {
  const { page, chooseMenu } = await startDesktop();
  await openDemo(page);
  await chooseMenu('Lock now');
  await expect(page.getByRole('heading', { name: 'Logto Desk is locked' })).toBeVisible();
  await expect(front(page)).toHaveCount(0);
});

test('a cancelled dialog exports nothing; a finished file is shown in its folder', async ({
  startDesktop,
  dataDir,
}) => {
  const { page, answerSave, shown } = await startDesktop();
  await openDemo(page);
  await openList(page, 'Roles');
  const exportTo = async (path: string | null) => {
    await answerSave(path);
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Export/ })
      .click();
  };
  await exportTo(null);
  // The choices stay, for another try.
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByTestId('job')).toHaveCount(0);
  const path = join(dataDir, 'roles.csv');
  await exportTo(path);
  await expect(page.getByTestId('job')).toHaveAttribute('data-state', 'done', { timeout: 120_000 });
  await (await openJobs(page)).getByRole('button', { name: 'Show in folder' }).click();
  await expect.poll(shown).toEqual([path]);
});

test('quitting ends the process; an export that it interrupted resumes after the next start', async ({
  startDesktop,
  simulate,
  dataDir,
}) => {
  const server = await simulate({ users: 5_000, logs: 10, tied: [0, 0] });
  const first = await startDesktop();
  await addTenant(first.page, 'Slow', server);
  await expect(front(first.page).getByTestId('rows')).toHaveText('5,000 rows');
  server.faults.add({ kind: 'latency', ms: 400 }, { on: '/api/users', times: 999 });
  await first.save(join(dataDir, 'users.csv'), async () => {
    await first.page.getByRole('button', { name: 'Export', exact: true }).click();
    await first.page
      .getByRole('dialog')
      .getByRole('button', { name: /^Export/ })
      .click();
  });
  await expect(first.page.getByTestId('job')).toContainText(/[1-9],\d00 of 5,000 rows/);
  await first.quit();
  expect(() => process.kill(first.pid, 0)).toThrow();
  expect(readdirSync(dataDir)).not.toContain('users.csv');

  server.faults.clear();
  const { page } = await startDesktop();
  const job = page.getByTestId('job');
  await expect(job).toContainText('Interrupted');
  await expectAccessible(page);
  await (await openJobs(page)).getByRole('button', { name: 'Resume' }).click();
  await expect(job).toHaveAttribute('data-state', 'done', { timeout: 120_000 });
  await expect(job).toContainText('5,000');
  expect(readFileSync(join(dataDir, 'users.csv'), 'utf8').trim().split('\r\n')).toHaveLength(5_001);
  expect(readdirSync(dataDir).filter((name) => name.includes('.part'))).toEqual([]);
});

test('a second start of the same folder ends at once, and the first keeps running', async ({
  startDesktop,
  dataDir,
}) => {
  test.skip(runtime() !== 'stand-in', 'under Electron this is its own promise');
  const { page } = await startDesktop();
  await openDemo(page);
  const { child } = spawnStandIn({ dataDir, words: ['logto-desk://view/demo/roles?keyword=machine'] });
  const [code] = await once(child, 'close');
  expect(code).toBe(0);
  // The link that it was started with is shown by the first, once the operator wants it.
  const asked = page.getByRole('dialog', { name: 'Open this link?' });
  await expect(asked).toContainText('Demo tenant · Roles · machine');
  await expect(page.getByRole('navigation', { name: 'Open views' }).getByRole('listitem')).toHaveCount(1);
  await asked.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(front(page).getByTestId('rows')).toHaveText('7 rows');
  await expect(page.getByRole('textbox', { name: 'Search roles' })).toHaveValue('machine');
});

test('a packaged app does not start with a debugger’s switch', async ({ dataDir }) => {
  test.skip(runtime() !== 'stand-in', 'under Electron only a package is packaged');
  const { child } = spawnStandIn({
    dataDir,
    words: ['--remote-debugging-port=9222'],
    env: { STAND_IN_PACKAGED: '1' },
  });
  let said = '';
  child.stderr?.on('data', (chunk) => (said += chunk));
  const [code] = await once(child, 'close');
  expect(code).toBe(1);
  expect(said).toContain('--remote-debugging-port is not allowed here');
  expect(readdirSync(dataDir)).not.toContain('settings.json');
});

test('what the stand-in does not cover fails by name', async () => {
  test.skip(runtime() !== 'stand-in', 'for the stand-in only');
  const register = join(import.meta.dirname, 'electron-stand-in', 'register.ts');
  const script = "const { app, BrowserWindow } = await import('electron'); app.getGPUFeatureStatus();";
  const child = spawn(process.execPath, ['--import', register, '--input-type=module', '-e', script]);
  let said = '';
  child.stderr.on('data', (chunk) => (said += chunk));
  const [code] = await once(child, 'close');
  expect(code).not.toBe(0);
  expect(said).toContain('The Electron stand-in has no app.getGPUFeatureStatus');
});

test('cells go to the clipboard by way of the main process', async ({ startDesktop }) => {
  const { page, clipboard } = await startDesktop();
  await openDemo(page);
  const copy = async (column: string) => {
    await cell(page, 1, column).click();
    await page.keyboard.press('Control+c');
  };
  await copy('primaryEmail');
  await expect.poll(clipboard).toContain('@');
  await copy('username');
  await expect.poll(clipboard).not.toContain('@');
});

test('what is handed over comes above what is open, and what was entered below is there after it', async ({
  startDesktop,
  dataDir,
}) => {
  const { page } = await startDesktop();
  await openDemo(page);
  const file = join(dataDir, 'june.logtodesk');
  writeFileSync(file, 'no snapshot');
  const hand = async (word: string) => {
    const { child } = spawnStandIn({ dataDir, words: [word] });
    await once(child, 'close');
  };
  const uppermost = () =>
    page.evaluate(
      () =>
        document
          .elementFromPoint(innerWidth / 2, 110)
          ?.closest('[role="dialog"]')
          ?.querySelector('h2')?.textContent,
    );
  const snapshot = page.getByRole('dialog', { name: 'Open a snapshot…' });
  const question = page.getByRole('dialog', { name: 'Discard what you entered?' });
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Go to…' });
  await expect(palette).toBeVisible();
  await hand(file);
  await expect(snapshot).toBeVisible();
  await expect(palette).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(snapshot).toHaveCount(0);

  await page.keyboard.press('Alt+n');
  await page.getByText('Logto OSS').click();
  const name = page.getByLabel('Name', { exact: true });
  await name.fill('Precious');
  await page.keyboard.press('Escape');
  await expect(question).toBeVisible();
  await hand(file);
  await expect.poll(uppermost).toBe('Open a snapshot…');
  await hand('logto-desk://view/demo/roles?keyword=machine');
  await expect.poll(uppermost).toBe('Open this link?');
  // One after another, each by an Escape of its own.
  await page.keyboard.press('Escape');
  await expect.poll(uppermost).toBe('Open a snapshot…');
  await page.keyboard.press('Escape');
  await expect.poll(uppermost).toBe('Discard what you entered?');
  await page.keyboard.press('Escape');
  await expect(question).toHaveCount(0);
  await expect(name).toHaveValue('Precious');
});
