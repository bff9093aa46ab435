import { z } from 'zod';
import { DeskError } from './errors.ts';
import { wellFormed } from './text.ts';

/** Colours that mark a tenant; names of Mantine's palette so that both themes have them. */
export const profileColors = ['red', 'orange', 'yellow', 'green', 'teal', 'blue', 'violet', 'gray'] as const;
export const profileLabels = ['production', 'staging', 'development', 'test'] as const;

/** The profile id of the demo tenant; no stored profile can have it. */
export const demoProfileId = 'demo';

/** The resource indicator of the Management API of every OSS server (source: Logto documents). */
export const ossResource = 'https://default.logto.app/api';

const name = wellFormed.trim().normalize('NFC').min(1).max(60);
const label = wellFormed.trim().normalize('NFC').max(24);
const common = {
  name,
  label: label.default(''),
  color: z.enum(profileColors).default('blue'),
  access: z.enum(['read-only', 'read-write']).default('read-only'),
  appId: wellFormed.trim().min(1).max(128),
  /** Pictures that rows name (avatars, logos) are loaded: whoever hosts them learns of it. */
  images: z.boolean().default(false),
};

/** What a user enters for a tenant; the secret travels beside it, never in it. */
export const profileInput = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('cloud'), tenantId: wellFormed.trim().min(1).max(253), ...common }),
  z.object({
    kind: z.literal('oss'),
    endpoint: wellFormed.trim().min(1).max(2048),
    resource: z.url().max(2048).default(ossResource),
    ...common,
  }),
]);
export type ProfileInput = z.input<typeof profileInput>;

/** What a profile's id may be: it names files. */
export const profileIdForm = /^[a-z0-9-]{1,64}$/;

/** True for an address that a server can have: http or https, and nothing that runs. */
export const isWebAddress = (address: string): boolean =>
  ['http:', 'https:'].includes(URL.parse(address)?.protocol ?? '');

export const profileSchema = z.object({
  id: z.string().regex(profileIdForm),
  /** `snapshot`: what a file had of a tenant; there is no server behind it. */
  kind: z.enum(['cloud', 'oss', 'demo', 'snapshot']),
  name,
  label,
  color: z.enum(profileColors),
  access: z.enum(['read-only', 'read-write']),
  appId: z.string(),
  images: z.boolean().default(false),
  /** Base URL without a trailing slash. */
  endpoint: z.url().refine(isWebAddress),
  /** Resource indicator that the token request names. */
  resource: z.string(),
  /** When a snapshot was taken, or the newest log of the demo was written, unix ms. */
  takenAt: z.number().optional(),
  /** Its address was entered together with a secret that is bound to it; an entry that is bound to nothing is not for it. */
  secretBound: z.boolean().optional(),
});
export type Profile = z.infer<typeof profileSchema>;

/** The addresses that follow from a profile. */
export const addressesOf = (profile: Pick<Profile, 'endpoint' | 'resource'>) => ({
  endpoint: profile.endpoint,
  token: `${profile.endpoint}/oidc/token`,
  api: `${profile.endpoint}/api`,
  resource: profile.resource,
});

const tenantIdForm = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** Where Logto Cloud's Console is: its addresses begin with the tenant's id. */
const cloudConsole = 'cloud.logto.io';

/** The tenant id of what a user typed: itself, its default endpoint, or an address of its Console. */
export const cloudTenantId = (typed: string): string => {
  const [host = '', first = ''] = typed
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/[?#].*$/, '')
    .split('/');
  const isConsole = host === cloudConsole;
  const id = isConsole ? first : host.endsWith('.logto.app') ? host.slice(0, -'.logto.app'.length) : host;
  if (host.includes('.') && !isConsole && !host.endsWith('.logto.app')) {
    // The Management API refuses custom domains, so only the default endpoint can be right (FACTS profiles).
    throw new DeskError('profile.custom_domain', { where: 'tenantId', reason: host });
  }
  if (!tenantIdForm.test(id)) {
    throw new DeskError('profile.invalid', { where: 'tenantId', reason: 'letters, digits and hyphens only' });
  }
  return id;
};

const privateHost =
  /^(localhost|.*\.localhost|127\.\d+\.\d+\.\d+|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|172\.(1[6-9]|2\d|3[01])\.\d+\.\d+|169\.254\.\d+\.\d+|\[::1\]|\[f[cd][0-9a-f:]+\]|\[fe80:[0-9a-f:]+\]|[^.:]+|.*\.(local|internal|lan|home\.arpa))$/i;

/** A host as it is looked up: `localhost.` is `localhost`. */
const withoutDots = (host: string) => host.replace(/\.+$/, '');

/** True for hosts on this machine or in a private network, where plain `http` is accepted. */
export const isPrivateHost = (host: string) => privateHost.test(withoutDots(host));

/**
 * Base URL of an OSS server from what a user typed: a missing scheme is added (`http` on loopback and
 * private networks, else `https`), trailing slashes and what follows a pasted `/api`, `/oidc` or `/console` are dropped, a path prefix is kept.
 * Throws `profile.invalid` for anything that is not an http(s) address, and for plain http to a public host.
 */
export const ossEndpoint = (typed: string): string => {
  const text = typed.trim();
  const invalid = (reason: string) => new DeskError('profile.invalid', { where: 'endpoint', reason });
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme && scheme !== 'http' && scheme !== 'https') throw invalid('enter an http or https address');
  let url: URL;
  try {
    url = new URL(scheme ? text : `https://${text}`);
  } catch {
    throw invalid('this is not a valid address');
  }
  if (!url.hostname) throw invalid('the host is missing');
  if (url.username || url.password) throw invalid('an address must not include a username or password');
  if (!scheme && isPrivateHost(url.hostname)) url = new URL(`http://${text}`);
  if (url.protocol === 'http:' && !isPrivateHost(url.hostname)) {
    throw invalid('plain http is only accepted on this machine and in private networks; use https');
  }
  const path = url.pathname.replace(/\/+$/, '').replace(/\/(api|oidc(\/.*)?|console(\/.*)?)$/, '');
  return `${url.origin}${path}`.replace(/\/+$/, '');
};

/** Id for a profile from its name: lower-case letters, digits, hyphens; `taken` ids get a number. */
export const profileIdOf = (profileName: string, taken: readonly string[]): string => {
  const stem =
    profileName
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 40) || 'tenant';
  const used = new Set([...taken, demoProfileId, 'settings', 'welcome', 'tenants']);
  if (!used.has(stem)) return stem;
  for (let n = 2; ; n += 1) if (!used.has(`${stem}-${n}`)) return `${stem}-${n}`;
};

/** A stored profile from what a user entered. Throws `profile.invalid` or `profile.custom_domain`. */
export const profileOf = (input: ProfileInput, id: string): Profile => {
  const parsed = profileInput.safeParse(input);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new DeskError('profile.invalid', {
      where: issue?.path.join('.') ?? '',
      reason: issue?.message ?? '',
    });
  }
  const { name: displayName, label: tenantLabel, color, access, appId, images } = parsed.data;
  const shared = { id, name: displayName, label: tenantLabel, color, access, appId, images };
  if (parsed.data.kind === 'cloud') {
    const tenantId = cloudTenantId(parsed.data.tenantId);
    const endpoint = `https://${tenantId}.logto.app`;
    return { ...shared, kind: 'cloud', endpoint, resource: `${endpoint}/api` };
  }
  const endpoint = ossEndpoint(parsed.data.endpoint);
  const hostname = withoutDots(new URL(endpoint).hostname);
  if (hostname === cloudConsole || hostname.endsWith('.logto.app')) {
    throw new DeskError('profile.invalid', {
      where: 'endpoint',
      reason: `this is a Logto Cloud address; choose Cloud, tenant ID ${cloudTenantId(parsed.data.endpoint)}`,
    });
  }
  return { ...shared, kind: 'oss', endpoint, resource: parsed.data.resource };
};
