import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

/** Name of the world that the preload runs in. */
export const isolatedWorld = 'electron-isolated';

/** A module of this folder as one script. */
const scriptOf = async (name: string): Promise<string> => {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      lib: { entry: join(import.meta.dirname, name), formats: ['iife'], name: 'world' },
    },
  });
  const [result] = Array.isArray(built) ? built : [built];
  const chunk = result && 'output' in result ? result.output[0] : undefined;
  if (!chunk) throw new Error(`${name} could not be built`);
  return chunk.code;
};

let scripts: Promise<readonly [page: string, preload: string]> | undefined;

/** What runs in the two worlds of a window before any script of its page. */
export const worldScripts = async (preloadFile: string): Promise<{ page: string; preload: string }> => {
  scripts ??= Promise.all([scriptOf('page-world.ts'), scriptOf('preload-world.ts')]);
  const [page, preload] = await scripts;
  const source = readFileSync(preloadFile, 'utf8');
  const run = `runPreload(function (require, module, exports, process) {\n${source}\n});`;
  return { page, preload: `${preload}\n${run}` };
};
