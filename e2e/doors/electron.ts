import { join } from 'node:path';
import { _electron } from '@playwright/test';
import { type Desktop, listen, type StartOptions } from './running.ts';

const root = join(import.meta.dirname, '..', '..');

/** The built desktop under Electron's own runtime at `path`. */
export const startElectron = async (path: string, { dataDir, env, view }: StartOptions): Promise<Desktop> => {
  const app = await _electron.launch({
    executablePath: path,
    args: [root, `--data-dir=${dataDir}`, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    env: { ...process.env, ...env } as Record<string, string>,
    ...(view?.colorScheme ? { colorScheme: view.colorScheme } : {}),
  });
  // What the app hands to the system is noted instead.
  await app.evaluate(({ shell, session }) => {
    const noted = { opened: [] as string[], shown: [] as string[], outside: [] as string[] };
    Object.assign(globalThis, { noted });
    shell.openExternal = async (url) => void noted.opened.push(url);
    shell.showItemInFolder = (file) => void noted.shown.push(file);
    session.defaultSession.webRequest.onBeforeRequest({ urls: ['*://*/*'] }, ({ url, webContents }, go) => {
      if (webContents) noted.outside.push(url);
      go({});
    });
  });
  const noted = (what: 'opened' | 'shown' | 'outside') =>
    app.evaluate(
      (_electronModule, name) =>
        (globalThis as unknown as { noted: Record<string, string[]> }).noted[name] ?? [],
      what,
    );
  const answerSave = (target: string | null) =>
    app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: filePath === null, filePath: filePath ?? '' });
      dialog.showOpenDialog = async () => ({
        canceled: filePath === null,
        filePaths: filePath === null ? [] : [filePath],
      });
    }, target);
  const page = await app.firstWindow();
  if (view?.viewport) await page.setViewportSize(view.viewport);
  return {
    page,
    complaints: listen(page),
    pid: app.process().pid ?? 0,
    answerSave,
    save: async (target, act) => {
      await answerSave(target);
      await act();
    },
    clipboard: () => app.evaluate(({ clipboard }) => clipboard.readText()),
    lockScreen: () => app.evaluate(({ powerMonitor }) => void powerMonitor.emit('lock-screen')),
    opened: () => noted('opened'),
    shown: () => noted('shown'),
    outside: () => noted('outside'),
    chooseMenu: (label) =>
      app.evaluate(({ Menu }, wanted) => {
        const entriesOf = (items: Electron.MenuItem[]): Electron.MenuItem[] =>
          items.flatMap((item) => [item, ...entriesOf(item.submenu?.items ?? [])]);
        entriesOf(Menu.getApplicationMenu()?.items ?? [])
          .find((item) => item.label === wanted)
          ?.click();
      }, label),
    menu: () =>
      app.evaluate(({ Menu }) => {
        const rolesOf = (items: Electron.MenuItem[]): string[] =>
          items.flatMap(({ role, submenu }) => [
            ...(role ? [role] : []),
            ...(submenu ? rolesOf(submenu.items) : []),
          ]);
        return rolesOf(Menu.getApplicationMenu()?.items ?? []);
      }),
    quit: () => app.close(),
  };
};
