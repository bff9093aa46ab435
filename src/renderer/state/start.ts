import { askedFirst, longestLink } from '../../shared/deep-link';
import { type Query, queryOf } from '../../shared/query';
import { api } from '../link/api';
import { appInfo } from './app-info';
import { useLocked } from './lock';
import { queries } from './queries';
import { askFirstPage } from './seen-lists';
import { restoreWorkspace } from './workspace';

/** The list that an address names; null where it names none, and where the operator is asked first. */
const listAt = (address: string): Query | null => {
  if (address === '/' || address.length > longestLink) return null;
  try {
    const query = queryOf(address);
    return askedFirst(query) ? null : query;
  } catch {
    return null;
  }
};

/**
 * One call for all that the first drawing needs: nothing of it is asked for again, or waited for in turn. The list in front,
 * or the one at `address`, has its first page asked for before the interface is up.
 */
export const start = async (address = '/') => {
  const asked = listAt(address);
  // Beside the call: the core answers it as it would later, and refuses it while the app is locked.
  if (asked) askFirstPage(asked);
  const { info, preferences, open } = await api.app.start.query();
  queries.setQueryData(appInfo.queryKey, info);
  queries.setQueryData(['preferences'], preferences);
  useLocked.setState({ locked: open === null });
  if (!open) return;
  queries.setQueryData(['profiles'], open.profiles);
  queries.setQueryData(['views'], open.views);
  restoreWorkspace(open.workspace, asked);
};
