import type { WebContents } from 'electron';
import type { Page } from 'playwright-core';
import type { Session } from '../../src/main/electron.ts';
import { ownOrigin, shownAt } from './protocol.ts';
import { loud } from './strict-proxy.ts';

type Check = Parameters<Session['setPermissionCheckHandler']>[0];
type Request = Parameters<Session['setPermissionRequestHandler']>[0];

let check: Check = null;
let request: Request = null;

export const session: { defaultSession: Session } = loud('session', {
  defaultSession: loud<Session>('Session', {
    setPermissionCheckHandler: (handler) => {
      check = handler;
    },
    setPermissionRequestHandler: (handler) => {
      request = handler;
    },
    // The browser of the tests knows no proxy.
    resolveProxy: async () => 'DIRECT',
    setDevicePermissionHandler: (handler) => {
      if (handler?.({} as never)) throw new Error('The Electron stand-in has no devices to give');
    },
  }),
});

type Permission = Parameters<NonNullable<Check>>[1];

/** Electron's names of permissions, and the browser's. */
const names = [
  ['clipboard-read', 'clipboardReadWrite'],
  ['clipboard-sanitized-write', 'clipboardSanitizedWrite'],
  ['geolocation', 'geolocation'],
  ['media', 'videoCapture'],
  ['media', 'audioCapture'],
  ['midi', 'midi'],
  ['notifications', 'notifications'],
  ['idle-detection', 'idleDetection'],
  ['storage-access', 'storageAccess'],
] as const satisfies readonly (readonly [Permission, string])[];

const isGranted = (permission: Permission, origin: string): boolean => {
  if (!check?.(null, permission, origin, {} as never)) return false;
  let granted = false;
  request?.({} as WebContents, permission, (answer) => (granted = answer), {} as never);
  return granted;
};

/** Gives a page's origin the permissions that the app's handlers grant, and denies it the others. */
export const grantPermissions = async (page: Page, url: string) => {
  const cdp = await page.context().newCDPSession(page);
  const origin = new URL(shownAt(url)).origin;
  const granted = names.filter(([permission]) => isGranted(permission, ownOrigin(origin)));
  // Whatever is not named here is denied.
  await cdp.send('Browser.grantPermissions', { origin, permissions: granted.map(([, name]) => name) });
  await cdp.detach();
};
