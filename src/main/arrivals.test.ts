import { expect, test } from 'vitest';
import { handedOver } from './arrivals.ts';

test('a snapshot’s path is meant from where its own program was called', () => {
  const words = [
    '/usr/bin/logto-desk',
    '--flag',
    'a.logtodesk',
    '../b.logtodesk',
    '/c/d.logtodesk',
    'logto-desk:x',
  ];
  expect(handedOver(words, '/home/kim/stick')).toEqual([
    { kind: 'snapshot', path: '/home/kim/stick/a.logtodesk' },
    { kind: 'snapshot', path: '/home/kim/b.logtodesk' },
    { kind: 'snapshot', path: '/c/d.logtodesk' },
    { kind: 'link', link: 'logto-desk:x' },
  ]);
});
