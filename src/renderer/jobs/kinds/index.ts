import type { Job } from '../../../core/router';
import type { ShownOf } from '../../state/jobs';
import { changesKind } from './changes';
import { copyKind } from './copy';
import { dossierKind } from './dossier';
import { exportKind } from './export';
import { folderKind } from './folder';
import type { ShownKind } from './kind';
import { snapshotKind } from './snapshot';

/** How jobs are shown, a line for each kind. */
export const shownKinds = {
  export: exportKind,
  folder: folderKind,
  copy: copyKind,
  snapshot: snapshotKind,
  changes: changesKind,
  dossier: dossierKind,
} satisfies { readonly [Kind in Job['kind']]: ShownKind<ShownOf<Kind>> };
