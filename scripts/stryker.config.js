const elsewhere = process.env.LOGTO_DESK_MUTATION_ELSEWHERE === '1';

/** For `npm run mutate`: the tests that are named, in Node; what survived is listed, and a page with it is written. */
export default {
  testRunner: 'vitest',
  vitest: { configFile: 'scripts/vitest.mutation.config.ts', related: false, pool: 'forks' },
  plugins: ['@stryker-mutator/vitest-runner'],
  // What runs in threads and programs of its own is held against all tests: a runner sees its own thread alone.
  coverageAnalysis: elsewhere ? 'off' : 'perTest',
  concurrency: 2,
  timeoutMS: 20_000,
  // Not below test-results: an end-to-end run empties that.
  tempDirName: '.cache/mutation',
  reporters: ['progress-append-only', 'clear-text', 'html'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  htmlReporter: { fileName: '.cache/mutation.html' },
  ignoreStatic: !elsewhere,
  // It would rewrite paths in it, by an interface that TypeScript 7 has no longer; nothing there leads out of the copy.
  tsconfigFile: 'none',
  ignorePatterns: ['out', 'dist', 'docs', 'test-results', '.cache'],
};
