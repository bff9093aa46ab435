import { expect, test } from 'vitest';
import { testCore } from '../../doors/testing';
import { pageInNode } from '../page-in-node';

test('what is open for a tenant that was removed is closed: it would never be seen, and keep all keys', async () => {
  await using held = testCore();
  pageInNode(() => held.core);
  const { forgetTenant } = await import('./forget');
  const { dialogsNow, pasteList, showMirror, showViews } = await import('../state/dialogs');
  showMirror('p1');
  pasteList('p2');
  showViews({ profile: 'p1', resource: 'users', filters: {} });
  forgetTenant('p1');
  expect(dialogsNow()).toMatchObject({ mirror: null, views: null, pasted: { profile: 'p2' } });
});
