import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

export default defineConfig({
  main: { build: { outDir: 'out/main', rollupOptions: { input: 'src/main/index.ts' } } },
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
    plugins: [react()],
    build: {
      outDir: 'out/renderer',
      emptyOutDir: true,
      rollupOptions: { input: 'src/renderer/index.html' },
      // Everything is loaded from this machine; an inlined asset would only loosen the CSP.
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 4000,
    },
  },
});
