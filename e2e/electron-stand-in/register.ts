import { registerHooks } from 'node:module';

/** Puts the stand-in in the place of the `electron` module, for whatever this process imports. */
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: new URL('index.ts', import.meta.url).href, shortCircuit: true }
      : next(specifier, context),
});
