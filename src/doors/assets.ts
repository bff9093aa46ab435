import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';

/** `cache`: how long a browser may keep it, as `cache-control` says it; `brotli`: its body made small, where that is built. */
export type Asset = { body: Buffer; type: string; cache: string; brotli?: Buffer };

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** What a file's name says of what it holds, as `content-type` says it; empty for one that is not served. */
export const typeOf = (name: string): string => types[extname(name)] ?? '';

/** Files whose names are hashes of what they hold never change; the page that names them is asked for every time. */
const cacheOf = (url: string): string =>
  /^\/assets\/.*-[\w-]{8}\.\w+$/.test(url) ? 'private, max-age=31536000, immutable' : 'no-store';

/** Below this a file is not worth the work, bytes. */
const smallestPacked = 1_024;

/** Whether a file is to be made small for its way through a door: pictures and fonts are so already. */
export const isWorthPacking = ({ type, body }: Pick<Asset, 'type' | 'body'>): boolean =>
  /^text\/|svg/.test(type) && body.length >= smallestPacked;

/**
 * The built interface, read once, by URL path. Only these files can ever be served: a path outside the folder is not
 * refused but simply not there.
 */
export const loadAssets = (folder: string): ReadonlyMap<string, Asset> =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && typeOf(entry.name) !== '')
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        const url = `/${relative(folder, path).split(sep).join('/')}`;
        const brotli = existsSync(`${path}.br`) ? { brotli: readFileSync(`${path}.br`) } : {};
        return [url, { body: readFileSync(path), type: typeOf(path), cache: cacheOf(url), ...brotli }];
      }),
  );

/** The file for a URL path: itself, or the page for every address of the interface; undefined for a missing file. */
export const assetFor = (assets: ReadonlyMap<string, Asset>, path: string): Asset | undefined =>
  assets.get(path) ?? (extname(path) === '' ? assets.get('/index.html') : undefined);

/** Headers of everything that the interface is made of. `connect` is what the page may talk to. */
export const pageHeaders = (connect: "'self'" | "'none'"): Readonly<Record<string, string>> => ({
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    // Mantine and AG Grid set element styles at run time; scripts get no such leave.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    `connect-src ${connect}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
  'cache-control': 'no-store',
});

/** Headers of one file, to be set over those of every answer. */
export const assetHeaders = ({ type, cache }: Asset): Readonly<Record<string, string>> => ({
  'content-type': type,
  'cache-control': cache,
});
