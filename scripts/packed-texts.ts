import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import type { Plugin } from 'vite';
import { isWorthPacking, typeOf } from '../src/doors/assets.ts';

/** A good size for little time: a build is run for each series of end-to-end tests, too. */
const params = { [constants.BROTLI_PARAM_QUALITY]: 6 };

/** Writes what is text in a bundle a second time, made small (`.br`): a door that has it waits for no packing. */
export const packedTexts = (): Plugin => ({
  name: 'packed-texts',
  writeBundle({ dir = '' }, bundle) {
    for (const name of Object.keys(bundle)) {
      const path = join(dir, name);
      const body = readFileSync(path);
      if (isWorthPacking({ type: typeOf(name), body }))
        writeFileSync(`${path}.br`, brotliCompressSync(body, { params }));
    }
  },
});
