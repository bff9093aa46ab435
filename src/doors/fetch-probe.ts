import { sender } from '../core/client/send.ts';
import { errorValueOf } from '../shared/errors.ts';
import { nodeFetch } from './node-fetch.ts';

/** Run by `node-fetch.test.ts` under other environments: prints the status of one request, or its error's code. */
const outcome = await sender(nodeFetch())(`${process.argv[2]}/api/status`, {}).then(
  ({ status }) => String(status),
  (error: unknown) => errorValueOf(error).code,
);
process.stdout.write(`${outcome}\n`);
process.exit(0);
