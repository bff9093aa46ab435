import { keepCompiled } from '../doors/compiled.ts';

keepCompiled(process.argv.find((text) => text.startsWith('--data-dir='))?.slice('--data-dir='.length));

// Loaded once what is compiled of it can be kept. Electron waits for it before it is ready.
await import('./index.ts');
