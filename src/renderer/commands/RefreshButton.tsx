import { commandOf } from './commands';
import { useAct } from './place';
import { ViewIconButton } from './ViewButton';

type Props = { loading?: boolean; onRefresh: () => void };

/** Asks anew for what a page shows. */
export const RefreshButton = ({ loading = false, onRefresh }: Props) => {
  useAct('refresh', loading ? null : onRefresh);
  return (
    <ViewIconButton of={commandOf('refresh')} variant="default" size={30} iconSize={15} loading={loading} />
  );
};
