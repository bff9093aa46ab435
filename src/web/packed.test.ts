import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { type Asset, assetFor, assetHeaders, loadAssets } from '../doors/assets.ts';
import { packed } from './packed.ts';

const folder = mkdtempSync(join(tmpdir(), 'logto-desk-assets-'));
const script = 'export const one = 1;\n'.repeat(200);
mkdirSync(join(folder, 'assets'));
writeFileSync(join(folder, 'index.html'), '<!doctype html><title>page</title>');
writeFileSync(join(folder, 'assets', 'index-Bx3WsSZK.js'), script);
writeFileSync(join(folder, 'assets', 'index-Bx3WsSZK.js.br'), brotliCompressSync(script));
writeFileSync(join(folder, 'assets', 'plain.js'), script);
writeFileSync(join(folder, 'icon.png'), Buffer.alloc(5_000));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const assets = loadAssets(folder);
const asset = (path: string): Asset => {
  const found = assetFor(assets, path);
  if (!found) throw new Error(`${path} is not served`);
  return found;
};
const cacheOf = (path: string) => assetHeaders(asset(path))['cache-control'];

test('what is named by its hash is kept, what names it is asked for again', () => {
  expect(cacheOf('/assets/index-Bx3WsSZK.js')).toMatch(/max-age=31536000, immutable/);
  for (const path of ['/', '/demo/users', '/index.html', '/assets/plain.js', '/icon.png'])
    expect(cacheOf(path), path).toBe('no-store');
});

test('text comes small as the browser takes it: as it was built, or made so once', async () => {
  const file = asset('/assets/index-Bx3WsSZK.js');
  const br = await packed(file, 'gzip, deflate, br, zstd');
  expect(br.encoding).toEqual({ 'content-encoding': 'br', vary: 'accept-encoding' });
  expect(brotliDecompressSync(br.body).toString()).toBe(script);
  expect(br.body).toBe(file.brotli);
  for (const [path, accepted] of [
    ['/assets/index-Bx3WsSZK.js', 'gzip'],
    ['/assets/plain.js', 'gzip, deflate, br, zstd'],
  ] as const) {
    const gzip = await packed(asset(path), accepted);
    expect(gzip.encoding, path).toEqual({ 'content-encoding': 'gzip', vary: 'accept-encoding' });
    expect(gunzipSync(gzip.body).toString()).toBe(script);
    expect((await packed(asset(path), 'gzip')).body).toBe(gzip.body);
  }
});

test('what is packed has no address of its own', () => {
  expect(assetFor(assets, '/assets/index-Bx3WsSZK.js.br')).toBeUndefined();
});

test('pictures, short files, and what a browser does not take come as they are', async () => {
  for (const [path, accepted] of [
    ['/icon.png', 'br, gzip'],
    ['/index.html', 'br, gzip'],
    ['/assets/plain.js', ''],
    ['/assets/plain.js', 'zstd'],
  ] as const) {
    const { body, encoding } = await packed(asset(path), accepted);
    expect(encoding, path).toEqual({});
    expect(body).toBe(asset(path).body);
  }
});
