import { type ComponentType, useState } from 'react';
import { ActionDialog } from '../changes/ActionDialog';
import { ImportDialog } from '../changes/ImportDialog';
import { MadeDialog } from '../changes/MadeDialog';
import { OpenPlanDialog } from '../changes/OpenPlanDialog';
import { PlanDialog } from '../changes/PlanDialog';
import { RepairDialog } from '../changes/RepairDialog';
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
import { KeysDialog } from './KeysDialog';
import { LinkDialog } from './LinkDialog';

/** In their order on the page: of two that are open the later one is above. */
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

/** The dialogs that were asked for so far; one that closed fades out by itself. */
export const Dialogs = () => {
  const state = useDialogs();
  const [asked, setAsked] = useState<ReadonlySet<DialogId>>(new Set());
  const fresh = dialogIds.filter((id) => state[id] !== null && !asked.has(id));
  if (fresh.length > 0) setAsked(new Set([...asked, ...fresh]));
  return Object.entries(components)
    .filter(([id]) => asked.has(id as DialogId))
    .map(([id, Dialog]) => <Dialog key={id} />);
};
