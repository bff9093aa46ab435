import { buildIfNeeded } from '../scripts/build-if-needed.ts';

/** The tests run what is built: never what was built of an older state. */
export default () => buildIfNeeded({ program: true });
