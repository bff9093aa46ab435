import { expect, test } from 'vitest';
import { refusedSwitch } from './switches.ts';

test.each([
  '--remote-debugging-port=9222',
  '-remote-debugging-port=9222',
  '/remote-debugging-port=9222',
  '--Remote-Debugging-Port',
  '--remote-debugging-pipe',
  '--inspect',
  '--inspect-brk=0',
  '--js-flags=--expose-gc',
  '--renderer-cmd-prefix=sh',
  '--gpu-launcher=sh',
  '--ignore-certificate-errors-spki-list=x',
  '--host-resolver-rules=MAP * 127.0.0.1',
  '--ssl-key-log-file=/tmp/keys',
])('%s is refused', (word) =>
  expect(refusedSwitch(['/opt/logto-desk', '--data-dir=/x', word])).toBe(word.split('=')[0]),
);

test.each([
  '--data-dir=/x',
  '--no-sandbox',
  '--ozone-platform=wayland',
  'logto-desk://view/demo/users?keyword=--inspect',
  '/home/kim/a.logtodesk',
])('%s is not', (word) => expect(refusedSwitch([word])).toBeUndefined());
