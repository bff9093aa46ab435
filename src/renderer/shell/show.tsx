import '../styles';
import { createRoot } from 'react-dom/client';
import { viewOf } from '../../shared/view';
import { forgetFailedSheets } from '../common/parts';
import { phrases } from '../i18n';
import { keepOnLeaving, tabQuery, useWorkspace } from '../state/workspace';
import { App } from './App';
import { viewKinds } from './view-kinds';

/** How long the interface waits for the view in front, ms: drawn together they are there sooner than one after the other. */
const mostWaitedMs = 40;

/** Draws the interface. */
export const show = async (root: HTMLElement) => {
  forgetFailedSheets();
  const { tabs, active } = useWorkspace.getState();
  const front = tabs.find(({ id }) => id === active);
  const query = front && tabQuery(front);
  if (query)
    await Promise.race([
      viewKinds[viewOf(query).kind].arrive?.(),
      new Promise((resolve) => setTimeout(resolve, mostWaitedMs)),
    ]);
  keepOnLeaving();
  createRoot(root).render(<App />);
};

/** Says that this address was used before, and by whom it can be opened. */
export const refuse = (root: HTMLElement) => {
  root.textContent = phrases.t('app.addressUsed');
};
