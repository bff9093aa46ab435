import type { ShownJob } from '../state/jobs';
import { shownKinds } from './kinds';
import type { ShownKind } from './kinds/kind';

/** How a job is shown: by its kind. */
export const kindOf = ({ kind }: ShownJob): ShownKind => shownKinds[kind];
