import { HandedFiles } from './base/handed-files.ts';
import { Scratch } from './base/scratch.ts';
import { sender } from './client/send.ts';
import type { CoreDeps } from './deps.ts';
import { Mirrors } from './mirror/mirror.ts';
import { Settings } from './settings/settings.ts';
import { addressesOfHost, ConnectionTests } from './tenants/connection-tests.ts';
import { DemoTenant } from './tenants/demo.ts';
import { readImage } from './tenants/images.ts';
import { Secrets } from './tenants/keychain.ts';
import { Pages } from './tenants/pages.ts';
import { Scans } from './tenants/scans.ts';
import { openSnapshot } from './tenants/snapshots.ts';
import { Tenants } from './tenants/tenants.ts';

type Around = {
  clock: () => number;
  warn: (text: string) => void;
  /** Everything under way is broken off once it is aborted. */
  ending: AbortSignal;
  /** Cancels what runs for a tenant. */
  cancelJobs: (profile: string) => Promise<void>;
  /** A tenant has another address. */
  move: (profile: string) => void;
  /** A tenant was removed. */
  forget: (profile: string) => void;
};

/** Who answers for tenants, put together: what is kept on this computer, and what is asked over the network. */
export const openAnswering = (deps: CoreDeps, { clock, warn, ending, cancelJobs, move, forget }: Around) => {
  const settings = new Settings(deps.settings);
  const secrets = new Secrets(deps.keychain);
  const scratch = new Scratch(deps.scratch);
  const mirrors = new Mirrors({ ...deps.mirror, scratch, clock });
  const demo = new DemoTenant(deps.startDemo, (profile) => mirrors.remove(profile));
  const session = {
    send: sender(deps.fetch, deps.limits, ending),
    ending,
    clock,
    language: () => settings.preferences.language,
    ...(deps.retry ? { retry: deps.retry } : {}),
  };
  const tenants = new Tenants({
    settings,
    secrets,
    mirrors,
    demo,
    session,
    stopScans: (id) => scans.stopAll(id),
    cancelJobs,
    move,
    forget,
    warn,
  });
  const { profiles } = tenants;
  const pages = new Pages((id) => tenants.open(id));
  const scans = new Scans(pages, clock);
  const { lookup = addressesOfHost, proxied = () => false } = deps;
  const profileFor = (idOrName: string) => tenants.profile(idOrName);
  return {
    settings,
    secrets,
    scratch,
    mirrors,
    demo,
    tenants,
    profiles,
    pages,
    scans,
    tests: new ConnectionTests({ tenants, connection: { ...session, lookup, proxied } }),
    /** Files that a page handed over. */
    handed: new HandedFiles(scratch),
    profileFor,
    sessionOf: async (idOrName: string) => (await tenants.open(idOrName)).server(),
    openSnapshot: (path: string, passphrase: string | null, signal?: AbortSignal) =>
      openSnapshot({ mirrors, profiles }, path, passphrase, signal),
    /** A picture of a tenant as a `data:` URL. Throws `image.refused`. */
    imageOf: async (idOrName: string, address: string, signal?: AbortSignal) =>
      readImage({ own: deps.fetch, others: deps.fetchPublic }, await profileFor(idOrName), address, signal),
  };
};
