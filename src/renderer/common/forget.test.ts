import { expect, test } from 'vitest';
import { testCore } from '../../doors/testing';
import { pageInNode } from '../page-in-node';

test('what is open for a tenant that was removed is closed: it would never be seen, and keep all keys', async () => {
  await using held = testCore();
  pageInNode(() => held.core);
  const { forgetTenant } = await import('./forget');
  const { closeDialogsOf, dialogsNow, pasteList, showMirror, showViews } = await import('../state/dialogs');
  showMirror('p1');
  pasteList('p2');
  showViews({ profile: 'p1', resource: 'users', filters: {} });
  forgetTenant('p1');
  expect(dialogsNow()).toMatchObject({ mirror: null, views: null, pasted: { profile: 'p2' } });
  // Of a tenant for which nothing is open it is nothing that the operator did: what is waited for comes.
  const then = dialogsNow();
  forgetTenant('p3');
  closeDialogsOf(then);
  expect(dialogsNow().pasted).toBeNull();
});
