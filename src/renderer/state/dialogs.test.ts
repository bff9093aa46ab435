import { expect, test } from 'vitest';
import {
  addTenant,
  closeApplied,
  closeDialogs,
  closeDialogsOf,
  dialogsNow,
  importFile,
  type Reviewed,
  showMade,
  showMirror,
  showPlanOf,
  useDialogs,
} from './dialogs';

test('secrets that a plan made sooner than its start was answered stay: they are shown once', () => {
  importFile('p1');
  showMade('run');
  closeApplied();
  expect(useDialogs.getState()).toMatchObject({ importing: null, plan: null, made: 'run' });
});

const plan = { about: { id: 'plan' }, asked: null } as unknown as Reviewed;

test('what took a while closes what it was asked in, and nothing that came in its place', () => {
  closeDialogs();
  showMirror('p1');
  const then = dialogsNow();
  closeDialogs();
  addTenant();
  closeDialogsOf(then);
  expect(useDialogs.getState().tenant).toEqual({ id: null });
  const now = dialogsNow();
  // Secrets come by themselves.
  showMade('run');
  closeDialogsOf(now);
  expect(useDialogs.getState().tenant).toBeNull();
});

test('a plan is shown to whoever still waits for it', () => {
  closeDialogs();
  importFile('p1');
  const asked = dialogsNow();
  showPlanOf(asked, plan);
  expect(useDialogs.getState()).toMatchObject({ plan, importing: { profile: 'p1' } });
  closeDialogs();
  showPlanOf(asked, plan);
  expect(useDialogs.getState().plan).toBeNull();
});
