import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { licences } from './scripts/licences.ts';

export default defineConfig({
  main: {
    plugins: [licences()],
    build: {
      outDir: 'out/main',
      rollupOptions: {
        input: {
          index: 'src/main/index.ts',
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
          codeSplitting: {
            // zod is told what the policy forbids before any schema is made: whatever brings zod brings the guards.
            groups: [{ name: 'guards', test: /renderer\/guards\.ts|node_modules\/zod\// }],
          },
        },
      },
      // Everything is loaded from this machine; an inlined asset would only loosen the CSP.
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 4000,
    },
  },
});
