import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { type Asset, isWorthPacking } from '../doors/assets.ts';

const zip = promisify(gzip);

/** Made when they are first asked for: what browsers take, as a rule, is built. */
const zipped = new WeakMap<Asset, Promise<Buffer>>();

const zippedOf = (asset: Asset): Promise<Buffer> => {
  const body = zipped.get(asset) ?? zip(asset.body, { level: 6 });
  zipped.set(asset, body);
  return body;
};

const encoded = (name: string) => ({ 'content-encoding': name, vary: 'accept-encoding' });

/** A file as a browser that accepts these codings gets it, and the headers that say so. */
export const packed = async (
  asset: Asset,
  accepted: string,
): Promise<{ body: Buffer; encoding: Readonly<Record<string, string>> }> => {
  const names = accepted.split(',').map((part) => part.trim());
  if (asset.brotli && names.includes('br')) return { body: asset.brotli, encoding: encoded('br') };
  if (names.includes('gzip') && isWorthPacking(asset))
    return { body: await zippedOf(asset), encoding: encoded('gzip') };
  return { body: asset.body, encoding: {} };
};
