import { randomUUID } from 'node:crypto';

// Each file's programs keep their secrets under a name of their own, never under the one that an operator's are under.
process.env.LOGTO_DESK_KEYCHAIN_SERVICE = `logto-desk-test-${randomUUID()}`;
