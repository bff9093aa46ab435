import { expect, test } from 'vitest';
import { closeApplied, importFile, showMade, useDialogs } from './dialogs';

test('secrets that a plan made sooner than its start was answered stay: they are shown once', () => {
  importFile('p1');
  showMade('run');
  closeApplied();
  expect(useDialogs.getState()).toMatchObject({ importing: null, plan: null, made: 'run' });
});
