import type { PlannedRequest } from '../../shared/change/change.ts';
import { objectOf, texts } from '../../shared/change/operations/values.ts';
import type { Profile } from '../../shared/profile.ts';

/** What a request takes a server of one's own, ms: one at a time, and its share where four are under way. */
type Cost = { alone: number; shared: number };

/** By requests in a second at one and at four at a time (WRITES, cost). */
const paced = (alone: number, atFour: number): Cost => ({ alone: 1_000 / alone, shared: 1_000 / atFour });

const row = paced(178, 380);
/** A page of 100: 13 ms, and 9,000 rows in a second at four at a time (FACTS, cost). */
const page: Cost = { alone: 13, shared: 100 / 9 };

const patch = paced(140, 290);
const post = paced(96, 291);
const remove = paced(99, 153);
const suspend = paced(121, 231);
const newUser = paced(38, 66);
/** Hashing a password is what takes long. */
const hashing = paced(10, 13);
/** Of a digest nothing is hashed; measured at four at a time. */
const digest = paced(96, 236);

/** A bulk array holds up the whole server: nothing is gained by sending others beside it (WRITES, bulk). */
const bulk = (first: number, rowsPerMs: number, count: number): Cost => {
  const ms = first + count / rowsPerMs;
  return { alone: ms, shared: ms };
};

type Body = Readonly<Record<string, unknown>>;

/** Routes that were measured, the first that fits; any other write costs what its method does elsewhere. */
const measured: readonly { method: string; path: RegExp; cost: (body: Body) => Cost }[] = [
  {
    method: 'POST',
    path: /^users$/,
    cost: ({ password, passwordDigest }) => {
      if (password !== undefined) return hashing;
      return passwordDigest === undefined ? newUser : digest;
    },
  },
  { method: 'PATCH', path: /^users\/[^/]+\/password$/, cost: () => hashing },
  { method: 'PATCH', path: /^users\/[^/]+\/is-suspended$/, cost: () => suspend },
  {
    method: 'POST',
    path: /^roles\/[^/]+\/users$/,
    cost: ({ userIds }) => bulk(28, 2, texts(userIds).length),
  },
  {
    method: 'POST',
    path: /^organizations\/[^/]+\/users$/,
    cost: ({ userIds }) => bulk(post.alone, 12, texts(userIds).length),
  },
];

const byMethod: Readonly<Record<PlannedRequest['method'], Cost>> = {
  POST: post,
  PUT: patch,
  PATCH: patch,
  DELETE: remove,
};

const costOf = ({ method, path, body }: PlannedRequest): Cost => {
  const [bare = ''] = path.replace(/^\/api\//, '').split('?');
  const found = measured.find((one) => one.method === method && one.path.test(bare));
  return found?.cost(objectOf(body)) ?? byMethod[method];
};

/** Requests by which something is read: single objects, and pages of lists. */
export type Reads = { rows: number; pages: number };

export const noReads = (): Reads => ({ rows: 0, pages: 0 });

/** Notes reads in the sum. */
export const noteRead = (reads: Reads, isPage: boolean) => {
  reads[isPage ? 'pages' : 'rows'] += 1;
};

/** Requests that Cloud takes in a second, one below its ceiling (FACTS, profiles). */
const cloudPerSecond = 19;

/**
 * How long changes take: four objects are changed at a time, those of one object in order. So it is not less than all take
 * where four are under way, nor than those of one object alone.
 */
export class Duration {
  readonly #objects = new Map<string, number>();
  #shared = 0;
  requests = 0;

  #add(object: string, { alone, shared }: Cost, times = 1) {
    this.requests += times;
    this.#shared += shared * times;
    this.#objects.set(object, (this.#objects.get(object) ?? 0) + alone * times);
  }

  /** What is sent for an object, and read before it. */
  note(object: string, requests: readonly PlannedRequest[], reads: Reads) {
    for (const request of requests) this.#add(object, costOf(request));
    this.#add(object, row, reads.rows);
    this.#add(object, page, reads.pages);
  }

  /** Ms, at the tenant's pace. */
  msOf({ kind }: Pick<Profile, 'kind'>): number {
    if (kind === 'cloud') return Math.round((this.requests / cloudPerSecond) * 1_000);
    let longest = 0;
    for (const ms of this.#objects.values()) longest = Math.max(longest, ms);
    return Math.round(Math.max(this.#shared, longest));
  }
}

/** What is read to be saved with a delete: as it was counted, or as others of the same operation need on average. */
export class SavingReads {
  readonly #counted = new Map<string, { sum: Reads; count: number }>();

  /** Notes what a counted one needs. */
  note(operation: string, { rows, pages }: Reads) {
    const known = this.#counted.get(operation) ?? { sum: noReads(), count: 0 };
    known.sum.rows += rows;
    known.sum.pages += pages;
    known.count += 1;
    this.#counted.set(operation, known);
  }

  /** Of one that was not counted; `least`: its own looks, where none was. */
  usual(operation: string, least: number): Reads {
    const known = this.#counted.get(operation);
    if (!known) return { rows: least, pages: 0 };
    const { sum, count } = known;
    return { rows: Math.round(sum.rows / count), pages: Math.round(sum.pages / count) };
  }
}
