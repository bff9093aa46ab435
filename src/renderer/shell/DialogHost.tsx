import { type ComponentType, lazy, Suspense, useEffect, useState } from 'react';
import { useDialogs } from '../state/dialogs';

type DialogId = keyof ReturnType<typeof useDialogs.getState>;

const loaders: Readonly<Record<DialogId, () => Promise<{ default: ComponentType }>>> = {
  tenant: async () => ({ default: (await import('../profiles/TenantDialog')).TenantDialog }),
  exporting: async () => ({ default: (await import('../exports/ExportDialog')).ExportDialog }),
  folder: async () => ({ default: (await import('../exports/FolderDialog')).FolderDialog }),
  dossier: async () => ({ default: (await import('../exports/DossierDialog')).DossierDialog }),
  views: async () => ({ default: (await import('../views/ViewsDialog')).ViewsDialog }),
  mirror: async () => ({ default: (await import('../mirror/MirrorDialog')).MirrorDialog }),
  pasted: async () => ({ default: (await import('../search/PasteDialog')).PasteDialog }),
  link: async () => ({ default: (await import('./LinkDialog')).LinkDialog }),
  acting: async () => ({ default: (await import('../changes/ActionDialog')).ActionDialog }),
  plan: async () => ({ default: (await import('../changes/PlanDialog')).PlanDialog }),
  repairing: async () => ({ default: (await import('../changes/RepairDialog')).RepairDialog }),
  importing: async () => ({ default: (await import('../changes/ImportDialog')).ImportDialog }),
  planFile: async () => ({ default: (await import('../changes/OpenPlanDialog')).OpenPlanDialog }),
  made: async () => ({ default: (await import('../changes/MadeDialog')).MadeDialog }),
  keys: async () => ({ default: (await import('./KeysDialog')).KeysDialog }),
  taking: async () => ({ default: (await import('../mirror/TakeSnapshotDialog')).TakeSnapshotDialog }),
  snapshot: async () => ({ default: (await import('../mirror/SnapshotDialog')).SnapshotDialog }),
};
const ids = Object.keys(loaders) as DialogId[];
const components = new Map(ids.map((id) => [id, lazy(loaders[id])]));

/** Dialogs are no part of what the page loads at first: they come when nothing else is to do, or are first asked for. */
export const DialogHost = () => {
  const state = useDialogs();
  const [asked, setAsked] = useState<ReadonlySet<DialogId>>(new Set());
  const fresh = ids.filter((id) => state[id] !== null && !asked.has(id));
  if (fresh.length > 0) setAsked(new Set([...asked, ...fresh]));
  useEffect(() => {
    const waiting = requestIdleCallback(() => {
      for (const id of ids) void loaders[id]().catch(() => {});
    });
    return () => cancelIdleCallback(waiting);
  }, []);
  return (
    <Suspense fallback={null}>
      {ids
        .filter((id) => asked.has(id))
        .map((id) => {
          const Dialog = components.get(id);
          return Dialog && <Dialog key={id} />;
        })}
    </Suspense>
  );
};
