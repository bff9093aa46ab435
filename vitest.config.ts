import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification, type TestUserConfig } from 'vitest/node';
import { isFull } from './src/doors/full.ts';

/** What holds for all unit tests. */
export const options: TestUserConfig = {
  setupFiles: ['./scripts/chance.ts', './scripts/own-keychain.ts'],
  // Large sizes take minutes on a busy machine.
  testTimeout: isFull ? 300_000 : 60_000,
  // Servers, copies and programs are started and ended there.
  hookTimeout: 60_000,
  // The demo's newest log is of a moment that tests know.
  env: { LOGTO_DESK_DEMO_AT: '2026-11-20T09:00:00Z' },
  // Polling ends as soon as a thing is there: this is for machines that are busy with something else too.
  expect: { poll: { timeout: 20_000 } },
  // What a command said is part of why its code was not the one expected.
  chaiConfig: { truncateThreshold: 2000 },
};

/** Files that take longest for their size: whatever begins last is waited for alone. */
const longest = ['fuzz', 'million', 'kill', 'properties', 'settings', 'masked-files', 'resume', 'hostile'];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const isLong = ({ moduleId }: TestSpecification) => longest.includes(basename(moduleId, '.test.ts'));
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

const root = import.meta.dirname;
const ownModules = /page-in-node|vi\.(?:mock|stubGlobal)\(/;
/** Files that need modules of their own: they put another module in the place of one, or a page around all of them. */
const apart = globSync('src/**/*.test.ts', { cwd: root }).filter((path) =>
  ownModules.test(readFileSync(join(root, path), 'utf8')),
);

export default defineConfig({
  test: {
    ...options,
    // Each file has its own simulator and data folder. Tests wait for a third of their time: three suit two cores.
    maxWorkers: isFull ? 2 : 3,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...apart],
          // To load the program anew for each of two hundred files would take as long as the tests do.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'apart', include: apart } },
    ],
  },
});
