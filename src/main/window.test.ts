import { expect, test } from 'vitest';
import { windowOptions } from './window.ts';

/** Preferences that a page must never be given (docs/security.md, items 2 to 10). */
const forbidden = [
  'webSecurity',
  'allowRunningInsecureContent',
  'experimentalFeatures',
  'enableBlinkFeatures',
  'disableBlinkFeatures',
  'nodeIntegrationInWorker',
  'nodeIntegrationInSubFrames',
  'additionalArguments',
  'navigateOnDragDrop',
  'devTools',
];

test('a window is isolated and sandboxed, and loosens nothing', () => {
  const { webPreferences = {} } = windowOptions('/preload.cjs', { place: {}, zoom: 1, background: '#fff' });
  expect(webPreferences).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webviewTag: false,
  });
  expect(Object.keys(webPreferences).filter((name) => forbidden.includes(name))).toEqual([]);
});
