import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Asset } from '../doors/assets.ts';

/** Below this a file is not worth the work, bytes. */
const smallest = 1_024;

/** A good size for little time: the files are made small once, when they are first asked for. */
const brotli = (body: Buffer) =>
  promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } });
const zip = (body: Buffer) => promisify(gzip)(body, { level: 6 });
const codings = [
  ['br', brotli],
  ['gzip', zip],
] as const;

const kept = new WeakMap<Asset, Map<string, Promise<Buffer>>>();

/** A file as a browser that accepts these codings gets it, and the headers that say so. */
export const packed = async (
  asset: Asset,
  accepted: string,
): Promise<{ body: Buffer; encoding: Readonly<Record<string, string>> }> => {
  const names = accepted.split(',').map((part) => part.trim());
  const coding = codings.find(([name]) => names.includes(name));
  const isText = /^text\/|svg/.test(asset.type);
  if (!coding || !isText || asset.body.length < smallest) return { body: asset.body, encoding: {} };
  const [name, pack] = coding;
  const forms = kept.get(asset) ?? new Map<string, Promise<Buffer>>();
  kept.set(asset, forms);
  const form = forms.get(name) ?? pack(asset.body);
  forms.set(name, form);
  return { body: await form, encoding: { 'content-encoding': name, vary: 'accept-encoding' } };
};
