import './guards';
import { sharePageKey } from './link/page-key';
import { start } from './state/start';

// What is asked first leaves before the interface is there: that is loaded, and compiled, while the answers are on their way.
const loading = import('./shell/show');

const root = document.getElementById('root');
// The desktop's page needs no key: it is the only one there is.
if (root) {
  const isKnown = Boolean(window.desk) || (await sharePageKey());
  // What fails here is asked for again by whoever shows it, and says why.
  if (isKnown) await start(window.location.pathname + window.location.search).catch(() => {});
  const { show, refuse } = await loading;
  if (isKnown) await show(root);
  else refuse(root);
}
