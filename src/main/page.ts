import { assetFor, assetHeaders, loadAssets, pageHeaders } from '../doors/assets.ts';
import type { Contents, Protocol, Session, Shell } from './electron.ts';

/** The interface's own address; no other page is ever shown. */
export const scheme = 'logto-desk-app';
export const pageOrigin = `${scheme}://desk`;

/** To be called before the app is ready. */
export const registerScheme = (protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>) => {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
};

/** Serves the built interface from memory; anything else under the scheme is not found. */
export const servePage = (protocol: Pick<Protocol, 'handle'>, folder: string) => {
  const assets = loadAssets(folder);
  protocol.handle(scheme, ({ url, method }) => {
    const { host, pathname } = new URL(url);
    const asset = host === 'desk' && method === 'GET' ? assetFor(assets, pathname) : undefined;
    if (!asset) return new Response(null, { status: 404 });
    return new Response(new Uint8Array(asset.body), {
      headers: { ...pageHeaders("'none'"), ...assetHeaders(asset) },
    });
  });
};

const isWebAddress = (url: string) => {
  try {
    return ['http:', 'https:'].includes(new URL(url).protocol);
  } catch {
    return false;
  }
};

/** Keeps a window on our own page: links open in the system's browser, nothing else opens, navigates or attaches. */
export const confine = (contents: Contents, shell: Pick<Shell, 'openExternal'>) => {
  contents.setWindowOpenHandler(({ url }) => {
    if (isWebAddress(url)) void shell.openExternal(url);
    return { action: 'deny' };
  });
  const stay = (event: { preventDefault(): void; url: string }) => {
    if (!event.url.startsWith(`${pageOrigin}/`)) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
};

/** Denies every permission: the page needs none but writing to the clipboard, which asks for none. */
export const denyPermissions = (session: Session) => {
  session.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(permission === 'clipboard-sanitized-write'),
  );
  session.setPermissionCheckHandler((_contents, permission) => permission === 'clipboard-sanitized-write');
  session.setDevicePermissionHandler(() => false);
};
