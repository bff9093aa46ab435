import '../styles';
import { createRoot } from 'react-dom/client';
import { phrases } from '../i18n';
import { App } from './App';

/** Draws the interface. */
export const show = (root: HTMLElement) => createRoot(root).render(<App />);

/** Says that this address was used before, and by whom it can be opened. */
export const refuse = (root: HTMLElement) => {
  root.textContent = phrases.t('app.addressUsed');
};
