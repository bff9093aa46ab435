import { defineConfig } from 'vite';
import { licences } from './scripts/licences.ts';

/** The npm package's program: terminal and browser door in one file, with the native keychain module beside it. */
export default defineConfig({
  plugins: [licences()],
  build: {
    ssr: 'src/cli/npm.ts',
    outDir: 'out/npm',
    target: 'node24',
    rollupOptions: { output: { entryFileNames: 'index.js' } },
  },
  ssr: { noExternal: true, external: ['keytar'] },
});
