import { api } from '../link/api';
import { appInfo } from './app-info';
import { useLocked } from './lock';
import { queries } from './queries';
import { restoreWorkspace } from './workspace';

/** One call for all that the first drawing needs: nothing of it is asked for again, or waited for in turn. */
export const start = async () => {
  const { info, preferences, open } = await api.app.start.query();
  queries.setQueryData(appInfo.queryKey, info);
  queries.setQueryData(['preferences'], preferences);
  useLocked.setState({ locked: open === null });
  if (!open) return;
  queries.setQueryData(['profiles'], open.profiles);
  queries.setQueryData(['views'], open.views);
  restoreWorkspace(open.workspace);
};
