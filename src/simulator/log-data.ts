import type { Window } from './eras.ts';
import { userAgents } from './names.ts';
import { below, hash, idText, pick } from './random.ts';

/** A log row of `GET /api/logs` (FACTS logs). */
export type LogRow = {
  tenantId: string;
  id: string;
  key: string;
  payload: Record<string, unknown>;
  createdAt: number;
};

/** Events by weight; the last number is the share of errors in percent. */
const events = [
  ['ExchangeTokenBy.RefreshToken', 30, 1],
  ['Interaction.SignIn.Submit', 16, 0],
  ['ExchangeTokenBy.AuthorizationCode', 15, 1],
  ['Interaction.SignIn.Identifier.Password.Submit', 14, 18],
  ['Interaction.Create', 8, 0],
  ['ExchangeTokenBy.ClientCredentials', 6, 2],
  ['Interaction.SignIn.Identifier.VerificationCode.Submit', 4, 12],
  ['Interaction.Register.Submit', 3, 3],
  ['Interaction.ForgotPassword.Submit', 2, 4],
  ['RevokeToken', 2, 0],
] as const;
const wheel = events.flatMap(([key, weight, errors]) =>
  Array.from({ length: weight }, () => [key, errors] as const),
);

/** Audit logs computed by index, 0 the newest, so that a million of them need eight bytes each. */
export class LogData {
  readonly times: Float64Array;
  readonly #seed: number;
  readonly #userIds: (index: number) => string;
  readonly #users: number;
  readonly #apps: readonly string[];
  readonly #machines: readonly string[];
  #length: number;

  constructor(options: {
    count: number;
    seed: number;
    /** Newest moment, unix ms. */
    anchor: number;
    users: number;
    userIds: (index: number) => string;
    apps: readonly string[];
    machines: readonly string[];
    /** Logs `[from, to)` that were written in one millisecond. */
    tied?: readonly [number, number];
    /** Moments between milliseconds, as databases have them: a row shows the whole ones, as do filters but of 1.41. */
    microseconds?: boolean;
    /** The logs' moments, newest first, unix ms, in the place of all that is computed. */
    moments?: readonly number[];
  }) {
    this.#seed = options.seed;
    this.#userIds = options.userIds;
    this.#users = options.users;
    this.#apps = options.apps;
    this.#machines = options.machines;
    if (options.moments) {
      this.times = new Float64Array(options.moments);
      this.#length = options.moments.length;
      return;
    }
    this.times = new Float64Array(options.count);
    this.#length = options.count;
    let time = options.anchor;
    let between = 0;
    for (let i = 0; i < options.count; i += 1) {
      if (i === 0 || Math.floor(this.times[i - 1] ?? 0) !== time)
        between = (hash(options.seed + 29, i) % 1_000) / 1_000;
      else between /= 2;
      this.times[i] = options.microseconds ? time + between : time;
      if (i + 1 > (options.tied?.[0] ?? 0) && i + 1 < (options.tied?.[1] ?? 0)) continue;
      // Bursts: every fifth log falls in the same second as its neighbour, some in the same millisecond.
      const draw = hash(options.seed + 20, i);
      time -= draw % 5 === 0 ? draw % 3 : 1 + (draw % 52_000);
    }
  }

  get length() {
    return this.#length;
  }

  /** Forgets all logs older than a moment, unix ms, as a tenant with a retention does. */
  forgetBefore(moment: number) {
    this.#length = this.#first((time) => time < moment);
  }

  key(index: number): string {
    return pick(wheel, this.#seed + 21, index)[0];
  }

  userId(index: number): string | undefined {
    const key = this.key(index);
    if (key === 'ExchangeTokenBy.ClientCredentials' || key === 'Interaction.Create' || this.#users === 0)
      return undefined;
    // A few users are very busy, as in any tenant.
    const draw = hash(this.#seed + 22, index);
    return this.#userIds(draw % 4 === 0 ? draw % Math.min(50, this.#users) : draw % this.#users);
  }

  applicationId(index: number): string | undefined {
    const machine = this.key(index) === 'ExchangeTokenBy.ClientCredentials';
    const from = machine ? this.#machines : this.#apps;
    return from.length ? pick(from, this.#seed + 23, index) : undefined;
  }

  row(index: number): LogRow {
    const seed = this.#seed;
    const [key, errors] = pick(wheel, seed + 21, index);
    const failed = below(100, seed + 24, index) < errors;
    const agent = pick(userAgents, seed + 25, index);
    const userId = this.userId(index);
    const applicationId = this.applicationId(index);
    const ip = hash(seed + 26, index);
    return {
      tenantId: 'default',
      id: idText(21, seed + 27, index),
      key,
      payload: {
        key,
        result: failed ? 'Error' : 'Success',
        ...(failed
          ? { error: { code: 'session.invalid_credentials', message: 'Incorrect account or password.' } }
          : {}),
        ip: `203.0.${ip % 114}.${(ip >>> 8) % 256}`,
        userAgent: agent[0],
        userAgentParsed: {
          ua: agent[0],
          browser: { name: agent[1], version: agent[2] },
          device: {},
          engine: {},
          os: { name: agent[3], version: agent[4] },
          cpu: {},
        },
        ...(userId ? { userId, sessionId: idText(21, seed + 28, index >> 2) } : {}),
        ...(applicationId ? { applicationId } : {}),
        params: key.startsWith('ExchangeTokenBy') ? { scope: 'openid profile', client_secret: '******' } : {},
      },
      createdAt: Math.floor(this.times[index] ?? 0),
    };
  }

  /** Index range `[from, to)` of the logs of a window; inclusive bounds are by millisecond (FACTS older servers). */
  range({ start, end, exclusive }: Window): [number, number] {
    return exclusive
      ? [this.#first((time) => time < end), this.#first((time) => time <= start)]
      : [this.#first((time) => Math.floor(time) <= end), this.#first((time) => Math.floor(time) < start)];
  }

  /** First index whose time is early enough; times fall with the index. */
  #first(isEarly: (time: number) => boolean): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isEarly(this.times[middle] ?? 0)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
