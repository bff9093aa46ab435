import { resourceOf } from '../../../shared/catalog/index.ts';
import type { Draft, Values } from '../../../shared/change/change.ts';
import type { Refusal } from '../../../shared/change/checks.ts';
import { same } from '../../../shared/change/operations/values.ts';
import { type Row, rowLabelOf, valueAt } from '../../../shared/row.ts';
import { isFailing } from '../failing.ts';
import { differingFrom, filledBy } from './differing.ts';
import { type LineResult, refuseBoth } from './line-result.ts';
import type { NamedIds } from './named-ids.ts';

/** A line of an organization; `member`: of a user who joins it, with these roles. */
type OrganizationLine = { result: LineResult; own: Values; member: { roleIds: string[] } | null };

/** `called`: what one that is not there under that name is to be called. */
type There = { key: string; id: string | null; called?: string; refusal: null };
type Named = There | { key: ''; id: null; refusal: Refusal };

type Gathered = {
  /** Null of one that is to be made. */
  id: string | null;
  name: string;
  lines: OrganizationLine[];
};

/** What a line says of a field. */
type Saying = { value: unknown; result: LineResult };

/** Where one says something else than the first of them, nobody knows what is meant: all are refused. */
const refuseDiffering = (sayings: readonly Saying[]): void => {
  const [first] = sayings;
  const other = sayings.find(({ value }) => !same(value, first?.value));
  if (!first || !other) return;
  for (const { value, result } of sayings)
    refuseBoth(result, same(value, first.value) ? other.result : first.result);
};

/** What lines say of each field: an object that a line says whole says what parts of it are, too. */
const sayingsOf = (lines: readonly OrganizationLine[]): Saying[][] => {
  const fields = [...new Set(lines.flatMap(({ own }) => Object.keys(own)))];
  const wholeOf = (field: string) => field.split('.')[0] ?? field;
  return fields.map((field) =>
    lines.flatMap(({ own, result }): Saying[] => {
      if (Object.hasOwn(own, field)) return [{ value: own[field], result }];
      return Object.hasOwn(own, wholeOf(field)) ? [{ value: valueAt(own, field) ?? null, result }] : [];
    }),
  );
};

export type OrganizationsDeps = {
  /** An organization as the server has it. */
  organization: (id: string) => Promise<Row>;
  organizations: NamedIds;
  creates?: boolean;
};

/** The organizations of a file: what lines say of each is gathered, and becomes one change to it. */
export class Organizations {
  readonly #deps: OrganizationsDeps;
  readonly #gathered = new Map<string, Gathered>();
  /** What lines call one that is not there under the name or ID that they name it by. */
  readonly #called = new Map<string, Saying[]>();

  constructor(deps: OrganizationsDeps) {
    this.#deps = deps;
  }

  /**
   * The organization of a line by its ID or name. One that is not there is to be made where that is allowed: under the name that
   * the line gives it, unless one is called so.
   */
  async named({ organization, own }: { organization: string; own: Values }): Promise<Named> {
    const { organizations, creates = false } = this.#deps;
    const name = typeof own.name === 'string' ? own.name : organization;
    let found = await organizations([organization]);
    const isGone = () => creates && found.refusal?.guard === 'not-found';
    const called = isGone() ? { called: name } : {};
    if (isGone() && name !== organization) found = await organizations([name]);
    if (isGone()) return this.#noted({ key: `new ${name}`, id: null, ...called, refusal: null }, name);
    const [id = ''] = found.ids;
    if (found.refusal) return { key: '', id: null, refusal: found.refusal };
    return this.#noted({ key: `id ${id}`, id, ...called, refusal: null }, organization);
  }

  #noted<T extends { key: string; id: string | null }>(named: T, name: string): T {
    if (!this.#gathered.has(named.key)) this.#gathered.set(named.key, { id: named.id, name, lines: [] });
    return named;
  }

  /** Takes a line of an organization, which it names so. */
  add({ key, called }: There, organization: string, line: OrganizationLine): void {
    const gathered = this.#gathered.get(key);
    if (!gathered) throw new Error(`no organization ${key}`);
    gathered.lines.push(line);
    if (called === undefined) return;
    const sayings = this.#called.get(organization) ?? [];
    sayings.push({ value: called, result: line.result });
    this.#called.set(organization, sayings);
  }

  /**
   * Gives every line its changes: those to an organization itself stand at the first line that is not refused. Lines that say
   * different things of a field are all refused.
   */
  async finish(): Promise<void> {
    for (const sayings of this.#called.values()) refuseDiffering(sayings);
    for (const { lines } of this.#gathered.values()) for (const one of sayingsOf(lines)) refuseDiffering(one);
    await Promise.all([...this.#gathered.values()].map((one) => this.#finishOne(one)));
  }

  async #finishOne({ id, name, lines }: Gathered): Promise<void> {
    const stand = lines.filter(({ result }) => result.refusal === null);
    const values: Values = Object.assign({}, ...stand.map(({ own }) => own));
    if (id === null) {
      makeWith(name, values, stand);
      return;
    }
    for (const { result, member } of stand)
      if (member)
        result.drafts = [
          {
            operation: 'users.addToOrganization',
            target: { resource: 'users', id: result.id, parent: '', label: result.label },
            after: { organizationId: id, organizationRoleIds: member.roleIds },
          },
        ];
    const says = stand.filter(({ own }) => Object.keys(own).length > 0);
    const [first, ...others] = says;
    if (!first) return;
    const update = await this.#updateOf(id, values);
    if (update.refusal)
      for (const { result } of says) {
        result.refusal = update.refusal;
        result.drafts = [];
      }
    if (!update.draft) return;
    first.result.drafts = [update.draft, ...first.result.drafts];
    for (const { result } of others) result.with = first.result.line;
  }

  /** The change that makes an organization what lines say of it; none where it is that already. */
  async #updateOf(id: string, values: Values): Promise<{ draft?: Draft; refusal?: Refusal }> {
    try {
      const row = await this.#deps.organization(id);
      const after = differingFrom('organizations.update', row, values);
      if (Object.keys(after).length === 0) return {};
      const label = rowLabelOf(resourceOf('organizations'), row).slice(0, 256);
      const target = { resource: 'organizations', id, parent: '', label };
      return { draft: { operation: 'organizations.update', target, after } };
    } catch (error) {
      if (isFailing(error))
        return { refusal: { guard: 'not-read-completely', about: `organization: ${id}` } };
      throw error;
    }
  }
}

/** An organization is made by one change, with all its members: that of its first line. */
const makeWith = (name: string, values: Values, lines: readonly OrganizationLine[]): void => {
  const [first, ...others] = lines;
  if (!first) return;
  const members = Object.fromEntries(
    lines.flatMap(({ result, member }) => (member ? [[result.id, member.roleIds]] : [])),
  );
  const target = { resource: 'organizations', id: '', parent: '', label: name.slice(0, 256) };
  const after = {
    ...filledBy('organizations.create', { ...values, name }),
    ...(Object.keys(members).length > 0 ? { members } : {}),
  };
  first.result.drafts = [{ operation: 'organizations.create', target, after }];
  for (const { result } of others) result.with = first.result.line;
};
