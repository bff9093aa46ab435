import { defineConfig } from 'vite';
import { licences } from './scripts/licences.ts';

/** The npm package's program: terminal and browser door in one file, with the native keychain module beside it. */
export default defineConfig({
  plugins: [licences()],
  build: {
    ssr: true,
    outDir: 'out/npm',
    target: 'node24',
    minify: true,
    rollupOptions: {
      input: {
        index: 'src/cli/npm.ts',
        'mirror-worker': 'src/core/mirror/worker.ts',
        'convert-worker': 'src/core/export/convert-worker.ts',
      },
      // Side by side: programs find each other by their places.
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
  ssr: { noExternal: true, external: ['keytar'] },
});
