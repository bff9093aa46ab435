import { type ComponentType, useEffect, useState } from 'react';
import { arriving } from '../common/arriving';
import { atRest } from '../common/at-rest';
import { type DialogId, useDialogs } from '../state/dialogs';
import { useWorkspace } from '../state/workspace';
import { focusBack } from './focus-back';

const loaders: Readonly<Record<DialogId, () => Promise<ComponentType>>> = {
  tenant: async () => (await import('../profiles/TenantDialog')).TenantDialog,
  exporting: async () => (await import('../exports/ExportDialog')).ExportDialog,
  folder: async () => (await import('../exports/FolderDialog')).FolderDialog,
  dossier: async () => (await import('../exports/DossierDialog')).DossierDialog,
  views: async () => (await import('../views/ViewsDialog')).ViewsDialog,
  mirror: async () => (await import('../mirror/MirrorDialog')).MirrorDialog,
  pasted: async () => (await import('../search/PasteDialog')).PasteDialog,
  link: async () => (await import('./LinkDialog')).LinkDialog,
  acting: async () => (await import('../changes/ActionDialog')).ActionDialog,
  plan: async () => (await import('../changes/PlanDialog')).PlanDialog,
  repairing: async () => (await import('../changes/RepairDialog')).RepairDialog,
  importing: async () => (await import('../changes/ImportDialog')).ImportDialog,
  planFile: async () => (await import('../changes/OpenPlanDialog')).OpenPlanDialog,
  made: async () => (await import('../changes/MadeDialog')).MadeDialog,
  keys: async () => (await import('./KeysDialog')).KeysDialog,
  taking: async () => (await import('../mirror/TakeSnapshotDialog')).TakeSnapshotDialog,
  snapshot: async () => (await import('../mirror/SnapshotDialog')).SnapshotDialog,
};
const ids = Object.keys(loaders) as DialogId[];
const components = new Map(ids.map((id) => [id, arriving(loaders[id])]));

/** Closes what hangs open from a button of the view, as a press beside it does: it would stand above a dialog that a key opens. */
const closePopovers = () => document.body.dispatchEvent(new MouseEvent('mousedown', { bubbles: true }));

/** Dialogs are no part of what the page loads at first: they come when nothing else is to do, or are first asked for. */
export const DialogHost = () => {
  const state = useDialogs();
  const [asked, setAsked] = useState<ReadonlySet<DialogId>>(new Set());
  const fresh = ids.filter((id) => state[id] !== null && !asked.has(id));
  if (fresh.length > 0) setAsked(new Set([...asked, ...fresh]));
  useEffect(() => {
    const { closed, stop } = focusBack();
    const leave = useDialogs.subscribe((now, before) => {
      if (ids.some((id) => now[id] !== null && before[id] === null)) closePopovers();
      if (ids.every((id) => now[id] === null)) closed();
    });
    // A key that goes to another view leaves what hangs open in this one.
    const leaveView = useWorkspace.subscribe((now, before) => {
      if (now.active !== before.active) closePopovers();
    });
    return () => {
      leave();
      leaveView();
      stop();
    };
  }, []);
  useEffect(
    () =>
      atRest(() => {
        for (const id of ids) void loaders[id]().catch(() => {});
      }),
    [],
  );
  return (
    <>
      {ids
        .filter((id) => asked.has(id))
        .map((id) => {
          const Dialog = components.get(id);
          return Dialog && <Dialog key={id} />;
        })}
    </>
  );
};
