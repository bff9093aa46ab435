import { expect, test } from 'vitest';
import type { Query } from '../../shared/query';
import {
  addTenant,
  askLink,
  closeDialogs,
  closeDialogsOf,
  closeLink,
  closeMade,
  dialogsNow,
  exportFolder,
  importFile,
  type Reviewed,
  showMade,
  showMirror,
  showPlanOf,
  snapshotArrives,
  takeSnapshot,
  useDialogs,
} from './dialogs';

test('secrets that a plan made sooner than its start was answered stay: they are shown once', () => {
  importFile('p1');
  const then = dialogsNow();
  showMade('run');
  closeDialogsOf(then);
  expect(useDialogs.getState()).toMatchObject({ importing: null, plan: null, made: 'run' });
  closeDialogs();
  takeSnapshot('p1');
  expect(useDialogs.getState().made).toBe('run');
  closeMade();
  expect(useDialogs.getState()).toMatchObject({ made: null, taking: 'p1' });
});

test('what comes by itself keeps nothing open that is done, and is not closed with it', () => {
  closeDialogs();
  exportFolder('p1');
  const then = dialogsNow();
  const query = { profile: 'p1', resource: 'users', filters: {} } satisfies Query;
  askLink(query, 'expression');
  snapshotArrives('/files/of-june.ldsnap');
  closeDialogsOf(then);
  expect(useDialogs.getState()).toMatchObject({
    folder: null,
    link: { query },
    snapshot: '/files/of-june.ldsnap',
  });
  closeLink();
  closeDialogs();
});

test('a dialog of the same tenant that was opened anew stays', () => {
  closeDialogs();
  takeSnapshot('p1');
  const then = dialogsNow();
  closeDialogs();
  takeSnapshot('p1');
  closeDialogsOf(then);
  expect(useDialogs.getState().taking).toBe('p1');
  closeDialogs();
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
