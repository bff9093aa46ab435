import { cloudTenantId, ossEndpoint } from './profile.ts';

/** What a pasted text says of a tenant; only what it says. `name` is what the tenant may be called by its address. */
export type PastedTenant = {
  kind?: 'cloud' | 'oss';
  name?: string;
  tenantId?: string;
  endpoint?: string;
  resource?: string;
  appId?: string;
  secret?: string;
};

/** A text longer than this (characters) does not hold a tenant's settings. */
const longestText = 20_000;
const longestValue = 2_048;
/** Objects in a JSON text that are looked into, one below the other. */
const deepest = 3;

type Entry = { key: string; value: string };

/** What a value is, by the end of its key without signs: `LOGTO_M2M_APP_ID`, `clientSecret`. The first that fits counts. */
const meanings = [
  ['tenantId', /tenantid$/],
  ['appId', /(?:app|client|application)id$/],
  ['secret', /(?:app|client|application|logto|m2m|^)secret$/],
  ['resource', /(?:resource|apiindicator|apiidentifier|audience)$/],
  ['endpoint', /(?:endpoint|issuer|baseurl|logtourl)$/],
] as const satisfies readonly (readonly [keyof PastedTenant, RegExp])[];

/** True for a value that an entry of the form can be: one line, without what no terminal would show. */
const isPlain = (value: string) =>
  value !== '' && value.length <= longestValue && !/[\u0000-\u001f\u007f]/.test(value);

/** The lines of a `.env` file that give a name a value; quotes and a comment behind it are none of the value. */
const envEntries = (text: string): Entry[] =>
  text.split(/\r?\n/).flatMap((line) => {
    const [, key, quoted1, quoted2, bare] =
      /^\s*(?:export\s+)?([A-Za-z][\w.-]{0,80})\s*[=:]\s*(?:"([^"]*)"|'([^']*)'|([^\s#"'][^\s]*))\s*(?:#.*|,)?$/.exec(
        line,
      ) ?? [];
    const value = quoted1 ?? quoted2 ?? bare ?? '';
    return key && isPlain(value) ? [{ key, value }] : [];
  });

const jsonEntries = (value: unknown, depth = 0): Entry[] => {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || depth >= deepest) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    typeof part === 'string'
      ? isPlain(part.trim())
        ? [{ key, value: part.trim() }]
        : []
      : jsonEntries(part, depth + 1),
  );
};

const parsedJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** A machine-to-machine app as the Management API gives it: its own id and secret. */
const isApp = (value: unknown): value is { id: string; secret: string } =>
  typeof value === 'object' &&
  value !== null &&
  'type' in value &&
  value.type === 'MachineToMachine' &&
  'id' in value &&
  typeof value.id === 'string' &&
  'secret' in value &&
  typeof value.secret === 'string';

const orNull = <Value>(make: () => Value): Value | null => {
  try {
    return make();
  } catch {
    return null;
  }
};

/** Where a tenant is by its address: at Logto Cloud by its id, else the server's own. */
const placeOf = (address: string): PastedTenant | null => {
  const host = /^https?:\/\/([^/:?#]+)/i.exec(address)?.[1]?.toLowerCase() ?? '';
  if (host === 'cloud.logto.io' || host.endsWith('.logto.app')) {
    const tenantId = orNull(() => cloudTenantId(address));
    return tenantId ? { kind: 'cloud', tenantId, name: tenantId } : null;
  }
  const endpoint = orNull(() => ossEndpoint(address));
  return endpoint && host ? { kind: 'oss', endpoint, name: host } : null;
};

/** The Console's address of a tenant, or of an app in it. */
const consolePlace = (text: string): PastedTenant | null => {
  if (!/^https?:\/\/[^\s]+$/i.test(text)) return null;
  const [, before = '', app] = /^(.*?)(?:\/applications\/([\w-]{1,128})(?:[/?#].*)?)?$/.exec(text) ?? [];
  const isConsole =
    /^https?:\/\/cloud\.logto\.io\/[^/?#]+/i.test(before) || /\/console(?:[/?#]|$)/i.test(text);
  const place = isConsole ? placeOf(before) : null;
  return place && { ...place, ...(app ? { appId: app } : {}) };
};

/**
 * What a pasted text says of a tenant: the lines of a `.env` file, JSON (settings, or an app as the API gives it), or the
 * address of the Console. Null for any other text: words, one address that is typed, a secret alone.
 */
export const pastedTenant = (text: string): PastedTenant | null => {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > longestText) return null;
  const found = consolePlace(trimmed);
  if (found) return found;
  const json = trimmed.startsWith('{') ? parsedJson(trimmed) : null;
  const entries = json === null ? envEntries(trimmed) : jsonEntries(json);
  const said: PastedTenant =
    isApp(json) && isPlain(json.id) && isPlain(json.secret) ? { appId: json.id, secret: json.secret } : {};
  for (const { key, value } of entries) {
    const word = key.toLowerCase().replace(/[^a-z0-9]/g, '');
    const [meaning] = meanings.find(([, form]) => form.test(word)) ?? [];
    if (meaning && said[meaning] === undefined) said[meaning] = value;
  }
  const { tenantId, endpoint, resource, ...app } = said;
  // A resource of Logto Cloud names its tenant.
  const cloud =
    resource && /^https:\/\/[a-z0-9-]+\.logto\.app\/api\/?$/i.test(resource)
      ? resource.replace(/\/api\/?$/i, '')
      : null;
  const id = tenantId === undefined ? null : orNull(() => cloudTenantId(tenantId));
  const place =
    (endpoint === undefined
      ? null
      : placeOf(/^[a-z][a-z0-9+.-]*:/i.test(endpoint) ? endpoint : `https://${endpoint}`)) ??
    (id ? { kind: 'cloud' as const, tenantId: id, name: id } : null) ??
    (cloud ? placeOf(cloud) : null) ??
    {};
  const filled: PastedTenant = {
    ...place,
    ...app,
    ...(place.kind === 'oss' && resource && URL.canParse(resource) ? { resource } : {}),
  };
  return Object.keys(filled).length > 0 ? filled : null;
};
