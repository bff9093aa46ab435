import { mirrorPlace, scratchPlace } from '../../doors/workers.ts';
import { Scratch } from '../base/scratch.ts';
import { Mirrors } from './mirror.ts';

/** Ends while an answer of the worker is on its way, which nobody waits for; for a test of how it exits. */
const [, , dataDir = ''] = process.argv;
const mirrors = new Mirrors({
  ...mirrorPlace(dataDir),
  scratch: new Scratch(scratchPlace(dataDir)),
  clock: Date.now,
});
const profile = { id: 'one', kind: 'oss' as const, endpoint: 'http://localhost:1', resource: 'r' };
const query = { profile: 'one', resource: 'roles', filters: {} };
await mirrors.put(profile, query, [{ id: 'a' }], 1);
void mirrors.put(profile, query, [{ id: 'b' }], 2).catch(() => {});
// The answer is there before this thread looks at it.
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
await mirrors.stop();
process.stdout.write('stopped');
