import { commandOf } from './commands';
import { useAct } from './place';
import { ViewButton } from './ViewButton';

type Props = { disabled: boolean; onExport: () => void };

/** Exports what a page shows. */
export const ExportButton = ({ disabled, onExport }: Props) => {
  useAct('export', disabled ? null : onExport);
  return <ViewButton of={commandOf('export')} disabled={disabled} />;
};
