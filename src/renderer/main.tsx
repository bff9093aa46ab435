import './guards';
import './styles';
import { createRoot } from 'react-dom/client';
import { phrases } from './i18n';
import { sharePageKey } from './link/page-key';
import { App } from './shell/App';
import { start } from './state/start';

const root = document.getElementById('root');
// The desktop's page needs no key: it is the only one there is.
if (root) {
  if (window.desk || (await sharePageKey())) {
    // What fails here is asked for again by whoever shows it, and says why.
    await start(window.location.pathname + window.location.search).catch(() => {});
    createRoot(root).render(<App />);
  } else root.textContent = phrases.t('app.addressUsed');
}
