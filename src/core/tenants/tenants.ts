import { resourceOf } from '../../shared/catalog/index.ts';
import { DeskError, errorValueOf } from '../../shared/errors.ts';
import { demoProfileId, type Profile } from '../../shared/profile.ts';
import type { Row } from '../../shared/row.ts';
import type { Found } from '../client/capabilities.ts';
import { openSession, type Session, type SessionDeps } from '../client/session.ts';
import type { Mirrors } from '../mirror/mirror.ts';
import { maskedRows } from '../rows/masked-rows.ts';
import type { Settings } from '../settings/settings.ts';
import { copiedRows } from './copied-rows.ts';
import type { DemoTenant } from './demo.ts';
import type { Secrets } from './keychain.ts';
import { Profiles } from './profiles.ts';
import type { CopySource, RowSource } from './row-source.ts';
import { serverRows } from './server-rows.ts';

/** One open profile, and who answers for it. */
export type Tenant = {
  profile: Profile;
  /** Its rows, whoever has them. */
  rows: RowSource;
  /** Its rows as the copy on this computer has them, local conditions and order included. */
  copy: CopySource;
  /** What is open towards its server. Throws `snapshot.no_server`. */
  server(): Session;
  /** What it was found to have, learned once a session, and as an earlier one found it where it is not reached; or null. */
  found(): Promise<Found | null>;
};

export type TenantsDeps = {
  settings: Settings;
  secrets: Secrets;
  mirrors: Mirrors;
  demo: DemoTenant;
  session: Omit<SessionDeps, 'secretOf' | 'kept'>;
  stopScans: (profile: string) => void;
  cancelJobs: (profile: string) => Promise<void>;
  /** What rooms above keep of a tenant goes with it. */
  /** Its address is another one: what began at the old one does not continue. */
  move: (profile: string) => void;
  forget: (profile: string) => void;
  warn: (text: string) => void;
};

/** True where a tenant's copy answers for it: where that is asked for, and for a snapshot, which has no server, always. */
export const isByCopy = ({ kind }: Profile, mirrored = false): boolean => mirrored || kind === 'snapshot';

const sameProfile = (one: Profile, other: Profile) => JSON.stringify(one) === JSON.stringify(other);

/** The tenants that this computer knows: the only way to one, for every door. */
export class Tenants {
  readonly profiles: Profiles;
  readonly #deps: TenantsDeps;
  readonly #open = new Map<string, Tenant>();

  constructor(deps: TenantsDeps) {
    this.#deps = deps;
    this.profiles = new Profiles(deps.settings, deps.secrets, {
      close: (id) => this.changed(id),
      move: (id) => deps.move(id),
      remove: (profile) => this.#forget(profile),
    });
  }

  /** A profile by id or name; the demo tenant starts when it is first asked for. Throws `profile.not_found`. */
  async profile(idOrName: string): Promise<Profile> {
    return idOrName === demoProfileId ? this.#deps.demo.profile() : this.profiles.get(idOrName);
  }

  /** Allows changes to the demo tenant, or none, until the program ends. */
  async allowDemo(access: Profile['access']): Promise<Profile> {
    this.#deps.demo.allow(access);
    await this.changed(demoProfileId);
    return this.#deps.demo.profile();
  }

  /** Tenants that are there; the demo's only while it runs. */
  isKnown(id: string): boolean {
    return (
      this.profiles.list().some((one) => one.id === id) || (id === demoProfileId && this.#deps.demo.isRunning)
    );
  }

  /** False for a profile that was removed since, or has another address now. */
  isStored({ id, kind, endpoint, resource }: Profile): boolean {
    return (
      kind === 'demo' ||
      this.profiles
        .list()
        .some((one) => one.id === id && one.endpoint === endpoint && one.resource === resource)
    );
  }

  /** Has the tenant's copy know what a row is now; one that cannot take it stands in nothing's way. */
  noteRow(profile: Profile, resource: string, row: Row): void {
    const { mirrors, session } = this.#deps;
    if (!this.isStored(profile)) return;
    maskedRows(resourceOf(resource), [row])
      .then(([masked]) => masked && mirrors.refresh(profile, resource, masked, session.clock()))
      .catch(() => {});
  }

  secretOf(profile: Profile): Promise<string> {
    return profile.kind === 'demo' ? this.#deps.demo.secret() : this.#deps.secrets.get(profile);
  }

  /** A tenant by its profile's id or name. Nothing is sent before something is read. Throws `profile.not_found`. */
  async open(idOrName: string): Promise<Tenant> {
    const profile = await this.profile(idOrName);
    const known = this.#open.get(profile.id);
    // Another program may have changed the profile.
    if (known && sameProfile(known.profile, profile)) return known;
    const tenant = this.#opened(profile);
    this.#open.set(profile.id, tenant);
    return tenant;
  }

  #opened(profile: Profile): Tenant {
    const { mirrors, session: sessionDeps } = this.#deps;
    const { clock } = sessionDeps;
    const copy = copiedRows(profile, { mirrors, clock });
    if (isByCopy(profile)) {
      const server = () => {
        throw new DeskError('snapshot.no_server', { where: profile.name });
      };
      return { profile, copy, rows: copy, server, found: async () => null };
    }
    const session = openSession(profile, {
      ...sessionDeps,
      secretOf: (one) => this.secretOf(one),
      kept: this.#keptFound(profile),
    });
    const { capabilities } = session;
    return {
      profile,
      copy,
      rows: serverRows(session, copy, {
        mirrors,
        clock,
        isStored: () => this.isStored(profile),
        noteRow: (resource, row) => this.noteRow(profile, resource, row),
      }),
      server: () => session,
      found: () => capabilities.learn().catch(() => capabilities.known),
    };
  }

  #keptFound({ id, kind }: Profile) {
    const { settings, warn } = this.#deps;
    return {
      get: () => settings.capabilitiesOf(id),
      put: (found: Found) => {
        // The demo's server is another one each time.
        if (kind === 'demo') return;
        try {
          settings.changeCapabilities(id, found);
        } catch (error) {
          // Settings that cannot be written stand in nobody's way: it is learned again in the next session.
          warn(errorValueOf(error).code);
        }
      },
    };
  }

  /** What was open towards a tenant is over: its address, its secret or its access changed. */
  async changed(id: string): Promise<void> {
    this.#open.delete(id);
    this.#deps.stopScans(id);
    await this.#deps.cancelJobs(id);
  }

  /** Removes a tenant: its profile, its secret, its copy, and what runs for it (`Profiles.remove`). */
  remove(id: string): Promise<Profile> {
    return this.profiles.remove(id);
  }

  /** Removes what is kept of a tenant, whatever is being copied into it. False when there was nothing. */
  async removeCopy(idOrName: string): Promise<boolean> {
    const profile = await this.profile(idOrName);
    await this.#deps.cancelJobs(profile.id);
    return this.#deps.mirrors.remove(profile);
  }

  async #forget(profile: Profile): Promise<void> {
    await this.#deps.mirrors.remove(profile);
    this.#deps.forget(profile.id);
    this.#deps.settings.changeMirrorPlan(profile.id, null);
  }

  /** Tokens go with their sessions; what runs keeps its own until it ends. */
  closeAll(): void {
    this.#open.clear();
  }

  /** Requests of the last 10 s, by the ids of the tenants that are open. */
  recentRequests(): Record<string, number> {
    return Object.fromEntries(
      [...this.#open.values()].flatMap(({ profile, server }) =>
        isByCopy(profile) ? [] : [[profile.id, server().limiter.recent]],
      ),
    );
  }
}
