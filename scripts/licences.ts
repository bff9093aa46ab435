import { resolve } from 'node:path';
import license from 'rollup-plugin-license';
import type { Plugin } from 'vite';

/** Licences that a product under MIT may carry along; anything else fails the build. */
const allowed =
  '(MIT OR Apache-2.0 OR BSD-2-Clause OR BSD-3-Clause OR ISC OR 0BSD OR BlueOak-1.0.0 OR Unlicense OR CC0-1.0)';

// The plugin is CommonJS; its types say otherwise.
const plugin = license as unknown as typeof license.default;

/** Writes `licences.txt` beside a bundle: name, version, licence and its text of every package that is inside. */
export const licences = (outDir: string): Plugin =>
  plugin({
    thirdParty: {
      includeSelf: false,
      allow: { test: allowed, failOnUnlicensed: true, failOnViolation: true },
      output: { file: resolve(outDir, 'licences.txt') },
    },
  }) as Plugin;
