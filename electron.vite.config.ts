import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { licences } from './scripts/licences.ts';
import { lostSheets } from './scripts/lost-sheets.ts';
import { packedTexts } from './scripts/packed-texts.ts';

export default defineConfig({
  main: {
    plugins: [licences()],
    build: {
      outDir: 'out/main',
      minify: true,
      rollupOptions: {
        input: {
          index: 'src/main/entry.ts',
          'mirror-worker': 'src/core/mirror/worker.ts',
          'convert-worker': 'src/core/export/convert-worker.ts',
        },
        // Side by side: programs find each other by their places.
        output: { chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      minify: true,
      // The sandbox loads one CommonJS file.
      rollupOptions: {
        input: 'src/preload/index.ts',
        output: { format: 'cjs', entryFileNames: 'index.cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [
      react(),
      licences(),
      packedTexts(),
      lostSheets(),
      // Addresses of views have several parts, so files are found from the top; electron-vite would set './'.
      {
        name: 'files-from-the-top',
        enforce: 'post',
        config: (config) => void Object.assign(config, { base: '/' }),
      },
    ],
    build: {
      outDir: 'out/renderer',
      emptyOutDir: true,
      minify: true,
      rollupOptions: {
        input: 'src/renderer/index.html',
        output: {
          // Parts are gathered: modules run in their order all the same.
          strictExecutionOrder: true,
          chunkFileNames: ({ name }) => `assets/${name.split('~')[0]}-[hash].js`,
          codeSplitting: {
            // zod is told what the policy forbids before any schema is made: whatever brings zod brings the guards.
            groups: [
              { name: 'guards', priority: 4, test: /renderer\/guards\.ts|node_modules\/zod\// },
              { name: 'start', priority: 3, tags: ['$initial'] },
              // The interface, and a list with what else it needs: each with all that it brings.
              { name: 'show', priority: 2, test: /renderer\/shell\/show\.tsx$/ },
              { name: 'list', priority: 1, test: /renderer\/list\/ListView\.tsx$/ },
              // What several parts of the page share: a file each would be hundreds, and asking for them longer than all else.
              {
                name: 'part',
                minShareCount: 2,
                entriesAware: true,
                entriesAwareMergeThreshold: 40_000,
              },
            ],
          },
        },
      },
      // Everything is loaded from this machine; an inlined asset would only loosen the CSP.
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 4000,
    },
  },
});
