import type { Json } from './json.ts';

/** What of a tenant an organization's parts are made of. */
type Around = {
  lists: {
    organizationRoles: Json[];
    organizationScopes: Json[];
    ssoConnectors: Json[];
    jitDomains: (organization: string) => Json[];
  };
  usersByOrganization: ReadonlyMap<string, ReadonlySet<string>>;
  applications: readonly Json[];
};

type Jit = { domains: string[]; roles: string[]; connectors: string[] };

const idOf = ({ id }: Json) => String(id);

/** Lists nested under organizations: roles of members, applications with theirs, just-in-time rules. */
export class OrganizationParts {
  readonly #tenant: Around;
  readonly #memberRoles = new Map<string, Set<string>>();
  readonly #applications = new Map<string, Map<string, Set<string>>>();
  readonly #jit = new Map<string, Jit>();

  constructor(tenant: Around) {
    this.#tenant = tenant;
  }

  #roles(ids: Iterable<string>): Json[] {
    const wanted = new Set(ids);
    return this.#tenant.lists.organizationRoles.filter((role) => wanted.has(idOf(role)));
  }

  /** Every member from the start has one role: `member`. */
  #firstRole(): string[] {
    return this.#tenant.lists.organizationRoles.filter(({ name }) => name === 'member').map(idOf);
  }

  roleIdsOf(organization: string, user: string): Set<string> {
    return this.#memberRoles.get(`${organization}/${user}`) ?? new Set(this.#firstRole());
  }

  rolesOf(organization: string, user: string): Json[] {
    return this.#roles(this.roleIdsOf(organization, user));
  }

  setRoles(organization: string, user: string, roles: Iterable<string>) {
    this.#memberRoles.set(`${organization}/${user}`, new Set(roles));
  }

  /** Applications of an organization, each with the ids of its roles there. */
  applicationsOf(organization: string): ReadonlyMap<string, Set<string>> {
    return this.#applications.get(organization) ?? new Map();
  }

  setApplications(organization: string, applications: ReadonlyMap<string, Set<string>>) {
    this.#applications.set(organization, new Map(applications));
  }

  applicationRoles(organization: string, application: string): Json[] {
    return this.#roles(this.applicationsOf(organization).get(application) ?? []);
  }

  organizationsOf(application: string): string[] {
    return [...this.#applications].flatMap(([id, applications]) =>
      applications.has(application) ? [id] : [],
    );
  }

  /** The rules by which users join of themselves; to be changed in place. */
  jit(organization: string): Jit {
    const { lists } = this.#tenant;
    const known = this.#jit.get(organization) ?? {
      domains: lists.jitDomains(organization).map(({ emailDomain }) => String(emailDomain)),
      roles: this.#firstRole(),
      connectors: lists.ssoConnectors.slice(0, 1).map(idOf),
    };
    this.#jit.set(organization, known);
    return known;
  }

  jitRoles(organization: string): Json[] {
    return this.#roles(this.jit(organization).roles);
  }

  /** An organization that was made, and has nothing yet. */
  blank(organization: string) {
    this.#jit.set(organization, { domains: [], roles: [], connectors: [] });
  }

  forget(organization: string) {
    for (const key of this.#memberRoles.keys())
      if (key.startsWith(`${organization}/`)) this.#memberRoles.delete(key);
    this.#applications.delete(organization);
    this.#jit.delete(organization);
  }

  forgetMember(organization: string, user: string) {
    this.#memberRoles.delete(`${organization}/${user}`);
  }

  forgetApplication(application: string) {
    for (const applications of this.#applications.values()) applications.delete(application);
  }

  forgetUser(user: string) {
    for (const key of this.#memberRoles.keys()) if (key.endsWith(`/${user}`)) this.#memberRoles.delete(key);
  }

  /** An organization role is gone: from members, applications and rules. */
  forgetRole(role: string) {
    for (const roles of this.#memberRoles.values()) roles.delete(role);
    for (const applications of this.#applications.values())
      for (const roles of applications.values()) roles.delete(role);
    for (const jit of this.#jit.values()) jit.roles = jit.roles.filter((id) => id !== role);
  }
}
