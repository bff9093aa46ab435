import { z } from 'zod';
import { type Resource, resourceOf } from '../../shared/catalog/index.ts';
import { DeskError } from '../../shared/errors.ts';
import { type TimeBounds, timeBoundKinds } from '../../shared/query.ts';
import type { ApiReader } from './client.ts';
import { catalogMark, lackingOf } from './document.ts';
import { askTimeBounds } from './time-bounds.ts';

/** What a tenant was found to have; kept with its profile. */
export const capabilitiesSchema = z.object({
  /** The server that it is true of. */
  endpoint: z.string(),
  /** Unix ms. */
  learnedAt: z.number(),
  /** Lists and parameters that its own document does not name; null where it gives none. */
  lacking: z
    .object({ lists: z.array(z.string()), parameters: z.record(z.string(), z.array(z.string())) })
    .nullable(),
  /** How it takes the time bounds of its audit logs; null where it has none by which that could be told. */
  timeBounds: z.enum(timeBoundKinds).nullable(),
  /** By which the document is not given again; null where there is none. */
  etag: z.string().nullable(),
  /** The catalogue that the document was held against. */
  mark: z.string(),
});
export type Found = z.infer<typeof capabilitiesSchema>;

export type KeptFound = { get(): Found | null; put(found: Found): void };

export const documentPath = '/api/.well-known/management.openapi.json';

type Deps = { api: ApiReader; endpoint: string; kept?: KeptFound; clock: () => number };

/**
 * What one tenant can do, learned once a session: no answer names the server's version, and none is guessed (FACTS older
 * servers). A question is asked when something first depends on it; the document is read beside everything else.
 */
export class Capabilities {
  readonly #deps: Deps;
  readonly #bounds = new Map<string, Promise<TimeBounds | null>>();
  #learned: Promise<Found> | null = null;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** How the server takes the time bounds of a list. Throws `DeskError` where the list cannot be read. */
  async timeBounds(resource: Resource, parent?: string): Promise<TimeBounds> {
    // A list without a row has none to lose: it may be asked in any manner.
    return (await this.#boundsOf(resource, parent)) ?? 'inclusive';
  }

  #boundsOf(resource: Resource, parent: string | undefined): Promise<TimeBounds | null> {
    const { id } = resource;
    const known = this.#bounds.get(id);
    if (known) return known;
    const asked = askTimeBounds(this.#deps.api, resource, parent);
    this.#bounds.set(id, asked);
    const forget = () => this.#bounds.get(id) === asked && this.#bounds.delete(id);
    // What could not be told is asked again: next time there may be rows, or a network.
    asked.then((bounds) => bounds === null && forget(), forget);
    return asked;
  }

  /** What was found, in this session or an earlier one; null before anything was. */
  get known(): Found | null {
    const found = this.#deps.kept?.get() ?? null;
    return found?.endpoint === this.#deps.endpoint ? found : null;
  }

  /** Learns all of it, once a session; kept with the profile. Throws `DeskError` where the tenant is not reached. */
  learn(): Promise<Found> {
    this.#learned ??= this.#learn().catch((error: unknown) => {
      this.#learned = null;
      throw error;
    });
    return this.#learned;
  }

  async #learn(): Promise<Found> {
    const { endpoint, kept, clock } = this.#deps;
    const [document, timeBounds] = await Promise.all([
      this.#document(),
      this.#boundsOf(resourceOf('logs'), undefined).catch(orNull),
    ]);
    const found = { endpoint, learnedAt: clock(), mark: catalogMark, timeBounds, ...document };
    kept?.put(found);
    return found;
  }

  /** What the document says; a server that gives none is asked list by list as they are needed. */
  async #document(): Promise<Pick<Found, 'lacking' | 'etag'>> {
    const { known } = this;
    const etag = known?.mark === catalogMark ? known.etag : null;
    try {
      const answer = await this.#deps.api.read(documentPath, {
        priority: 'background',
        ...(etag === null ? {} : { etag }),
      });
      if (answer.unchanged && known) return { lacking: known.lacking, etag };
      const lacking = lackingOf(answer.body);
      return { lacking, etag: lacking ? answer.headers.get('etag') : null };
    } catch (error) {
      return orNull(error) ?? { lacking: null, etag: null };
    }
  }
}

/** What the server answers is its answer, and tells of nothing; a network that fails tells nothing at all. */
const orNull = (error: unknown): null => {
  if (error instanceof DeskError && error.code.startsWith('http.')) return null;
  throw error;
};
