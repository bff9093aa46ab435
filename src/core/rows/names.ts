import { type Resource, resourceOf } from '../../shared/catalog/index.ts';
import { DeskError } from '../../shared/errors.ts';
import { pageSize, pastEnd } from '../../shared/limits.ts';
import { pathValues } from '../../shared/query.ts';
import { type Row, rowIdOf, rowLabelOf } from '../../shared/row.ts';
import { isFailure } from '../client/failure.ts';
import type { Session } from '../client/session.ts';

/** How long a name is believed, ms. */
const rememberMs = 10 * 60_000;
/** Pages of a list that are read for its names before single rows are asked for. */
const pagesRead = 2;
/** Rows that are asked for one by one in one go. */
const singlesAtMost = 20;

type Param = readonly [name: string, value: string];
type Known = { name: string | null; at: number };

/** What a row of a resource is called, by id; null: there is no such row, or no way to ask. */
export type Names = Record<string, string | null>;

/**
 * Names of a tenant's rows, asked for in batches and remembered: many ids in one request where the API can, else a list
 * that is short anyway, else single rows. Everything at background priority, so that no view waits for names.
 */
export class NameBook {
  readonly #session: Session;
  readonly #clock: () => number;
  readonly #known = new Map<string, Map<string, Known>>();
  readonly #lists = new Map<string, { at: number; read: Promise<void> }>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(session: Session, clock: () => number) {
    this.#session = session;
    this.#clock = clock;
  }

  /** Names of these rows. A server that fails leaves names unknown: the ids are shown instead. */
  async of(resourceId: string, ids: readonly string[]): Promise<Names> {
    const resource = resourceOf(resourceId);
    // One batch after the other: two that overlap would ask for the same ids twice.
    const turn = this.#turn.then(() => this.#learn(resource, this.#unknown(resource, ids)));
    this.#turn = turn.catch(() => {});
    await turn.catch((error: unknown) => {
      if (!(error instanceof DeskError)) throw error;
    });
    const book = this.#bookOf(resource);
    return Object.fromEntries(ids.map((id) => [id, book.get(id)?.name ?? null]));
  }

  #bookOf({ id }: Resource): Map<string, Known> {
    const book = this.#known.get(id) ?? new Map<string, Known>();
    this.#known.set(id, book);
    return book;
  }

  #unknown(resource: Resource, ids: readonly string[]): string[] {
    const book = this.#bookOf(resource);
    const since = this.#clock() - rememberMs;
    return [...new Set(ids)].filter((id) => (book.get(id)?.at ?? 0) < since);
  }

  #keep(resource: Resource, rows: readonly Row[]) {
    const at = this.#clock();
    for (const row of rows)
      this.#bookOf(resource).set(rowIdOf(resource, row), { name: rowLabelOf(resource, row), at });
  }

  async #learn(resource: Resource, ids: readonly string[]) {
    if (ids.length === 0) return;
    if (resource.byIds) await this.#askTogether(resource, ids);
    else {
      await this.#readList(resource);
      await this.#askSingly(resource, this.#unknown(resource, ids).slice(0, singlesAtMost));
    }
    const at = this.#clock();
    const book = this.#bookOf(resource);
    for (const id of this.#unknown(resource, ids)) book.set(id, { name: null, at });
  }

  async #askTogether(resource: Resource, ids: readonly string[]) {
    const { param, fixedQuery } = resource.byIds ?? { param: '', fixedQuery: {} };
    for (let from = 0; from < ids.length; from += pageSize) {
      const asked = ids.slice(from, from + pageSize).map((id) => [param, id] as const);
      const size = [['page', '1'] as const, ['page_size', String(pageSize)] as const];
      const params = [...Object.entries(fixedQuery), ...size];
      for (const rows of await this.#readable(resource, asked, params)) this.#keep(resource, rows);
    }
  }

  /** Rows of ids; where the server fails on one of them, those of the others. */
  async #readable(resource: Resource, ids: readonly Param[], params: readonly Param[]): Promise<Row[][]> {
    try {
      return [await this.#rows(resource, [...ids, ...params])];
    } catch (error) {
      if (!isFailure(error)) throw error;
      // A server that fails on none of them, too, fails altogether.
      await this.#rows(resource, [
        ['page', String(pastEnd)],
        ['page_size', '1'],
      ]);
      return this.#halves(resource, ids, params);
    }
  }

  async #halves(resource: Resource, ids: readonly Param[], params: readonly Param[]): Promise<Row[][]> {
    const middle = Math.ceil(ids.length / 2);
    const found: Row[][] = [];
    for (const half of [ids.slice(0, middle), ids.slice(middle)]) {
      if (half.length === 0) continue;
      const rows = await this.#rows(resource, [...half, ...params]).catch((error: unknown) => {
        if (!isFailure(error)) throw error;
        return null;
      });
      if (rows) found.push(rows);
      // The one that it fails on has no name.
      else if (half.length > 1) found.push(...(await this.#halves(resource, half, params)));
    }
    return found;
  }

  /** Reads the first pages of a list, once in a while however many ask. */
  async #readList(resource: Resource) {
    const last = this.#lists.get(resource.id);
    if (last && last.at > this.#clock() - rememberMs) return last.read;
    const read = this.#readPages(resource);
    this.#lists.set(resource.id, { at: this.#clock(), read });
    read.catch(() => this.#lists.delete(resource.id));
    return read;
  }

  async #readPages(resource: Resource) {
    for (let page = 1; page <= pagesRead; page += 1) {
      const params =
        resource.paging === 'never'
          ? []
          : [['page', String(page)] as const, ['page_size', String(pageSize)] as const];
      const rows = await this.#rows(resource, params);
      this.#keep(resource, rows);
      if (rows.length < pageSize || resource.paging === 'never') return;
    }
  }

  async #askSingly(resource: Resource, ids: readonly string[]) {
    const { itemPath } = resource;
    if (!itemPath) return;
    await Promise.all(
      ids.map(async (id) => {
        const answer = await this.#session.api
          .read(itemPath, {
            priority: 'background',
            tries: 1,
            path: pathValues(itemPath, id, resource.fixedPath),
          })
          .catch(() => null);
        if (answer) this.#keep(resource, [answer.body as Row]);
      }),
    );
  }

  async #rows(resource: Resource, params: readonly Param[]): Promise<Row[]> {
    const { body } = await this.#session.api.read(resource.path, { priority: 'background', params });
    return Array.isArray(body)
      ? (body as Row[]).filter((row) => typeof row === 'object' && row !== null)
      : [];
  }
}
