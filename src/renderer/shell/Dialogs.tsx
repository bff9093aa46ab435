import { type ComponentType, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { ActionDialog } from '../changes/ActionDialog';
import { ImportDialog } from '../changes/ImportDialog';
import { MadeDialog } from '../changes/MadeDialog';
import { OpenPlanDialog } from '../changes/OpenPlanDialog';
import { PlanDialog } from '../changes/PlanDialog';
import { RepairDialog } from '../changes/RepairDialog';
import { Guarded } from '../common/Guarded';
import { DossierDialog } from '../exports/DossierDialog';
import { ExportDialog } from '../exports/ExportDialog';
import { FolderDialog } from '../exports/FolderDialog';
import { MirrorDialog } from '../mirror/MirrorDialog';
import { SnapshotDialog } from '../mirror/SnapshotDialog';
import { TakeSnapshotDialog } from '../mirror/TakeSnapshotDialog';
import { TenantDialog } from '../profiles/TenantDialog';
import { PasteDialog } from '../search/PasteDialog';
import { type DialogId, dialogIds, useDialogs } from '../state/dialogs';
import { ViewsDialog } from '../views/ViewsDialog';
import { FailedDialog } from './FailedDialog';
import { KeysDialog } from './KeysDialog';
import { LinkDialog } from './LinkDialog';

const components: Readonly<Record<DialogId, ComponentType>> = {
  tenant: TenantDialog,
  exporting: ExportDialog,
  folder: FolderDialog,
  dossier: DossierDialog,
  views: ViewsDialog,
  mirror: MirrorDialog,
  pasted: PasteDialog,
  link: LinkDialog,
  acting: ActionDialog,
  plan: PlanDialog,
  repairing: RepairDialog,
  importing: ImportDialog,
  planFile: OpenPlanDialog,
  made: MadeDialog,
  keys: KeysDialog,
  taking: TakeSnapshotDialog,
  snapshot: SnapshotDialog,
};

/**
 * The dialogs that were asked for so far; one that closed fades out by itself. Of two that are open the one that opened
 * later is above.
 */
export const Dialogs = () => {
  // What changes in one that is open is its own.
  const open = useDialogs(useShallow((state) => dialogIds.filter((id) => state[id] !== null)));
  const [asked, setAsked] = useState<ReadonlySet<DialogId>>(new Set());
  if (open.some((id) => !asked.has(id))) setAsked(new Set([...asked, ...open]));
  return dialogIds
    .filter((id) => asked.has(id))
    .map((id) => {
      const Dialog = components[id];
      // One that fails takes no other with it: secrets are shown once.
      return (
        <Guarded key={id} failed={(error, again) => <FailedDialog ids={[id]} error={error} again={again} />}>
          <Dialog />
        </Guarded>
      );
    });
};
