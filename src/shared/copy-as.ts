import { addressesOf, type Profile } from './profile.ts';
import { pathValues, type Query, queryResource, type TimeBounds, toParams, toServerQuery } from './query.ts';

/** The ways of Logto's documents to call the Management API. */
export const copyForms = ['curl', 'fetch', 'sdk'] as const;
export type CopyForm = (typeof copyForms)[number];

/** What stands where a reader's own token and secret belong: neither ever leaves the core. */
const placeholders = { token: '<access token>', secret: '<app secret>' } as const;

type Param = readonly [name: string, value: string];

/** `now`: what spans count back from, unix ms. `bounds`: how the tenant's server takes those of time. */
type Asked = { now: number; bounds?: TimeBounds | undefined };

/** The first page of the view: the path with its ids, and the parameters. */
const requestOf = (
  viewed: Query,
  { now, bounds }: Asked,
): { path: string; template: string; ids: Record<string, string>; params: Param[] } => {
  const query = toServerQuery(viewed);
  const resource = queryResource(query);
  const ids = pathValues(resource.path, query.parent, resource.fixedPath);
  const path = resource.path.replace(/\{([^}]+)\}/g, (_, name: string) =>
    encodeURIComponent(ids[name] ?? ''),
  );
  const paged: Param[] =
    resource.paging === 'never'
      ? []
      : [
          ['page', '1'],
          ['page_size', '100'],
        ];
  return {
    path,
    template: resource.path,
    ids,
    params: [...toParams(query, now, undefined, bounds), ...paged],
  };
};

const shellQuoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

const curl = (profile: Profile, query: Query, at: Asked): string => {
  const { path, params } = requestOf(query, at);
  const { endpoint } = addressesOf(profile);
  return [
    `curl --get ${shellQuoted(endpoint + path)}`,
    `  --header ${shellQuoted(`Authorization: Bearer ${placeholders.token}`)}`,
    ...params.map(([name, value]) => `  --data-urlencode ${shellQuoted(`${name}=${value}`)}`),
  ].join(' \\\n');
};

const json = (value: unknown) => JSON.stringify(value);

const nodeFetch = (profile: Profile, query: Query, at: Asked): string => {
  const { path, params } = requestOf(query, at);
  const { endpoint } = addressesOf(profile);
  return `const params = new URLSearchParams([
${params.map((param) => `  ${json(param)},`).join('\n')}
]);
const response = await fetch(${json(`${endpoint}${path}?`)} + params, {
  headers: { authorization: ${json(`Bearer ${placeholders.token}`)} },
});
const rows = await response.json();
const total = response.headers.get('total-number');
`;
};

/** Repeated parameters as arrays, as openapi-fetch wants them. */
const objectOf = (params: readonly Param[]): Record<string, string | string[]> => {
  const object: Record<string, string | string[]> = {};
  for (const name of new Set(params.map(([key]) => key))) {
    const values = params.filter(([key]) => key === name).map(([, value]) => value);
    object[name] = values.length > 1 ? values : (values[0] ?? '');
  }
  return object;
};

/** Name of the tenant as the SDK wants it; with an address and an indicator of its own it is not used. */
const tenantOf = ({ kind, endpoint }: Profile) =>
  kind === 'cloud' ? new URL(endpoint).hostname.split('.')[0] : 'default';

const sdk = (profile: Profile, query: Query, at: Asked): string => {
  const { template, ids, params } = requestOf(query, at);
  const { endpoint, resource } = addressesOf(profile);
  const path = Object.keys(ids).length > 0 ? `\n    path: ${json(ids)},` : '';
  return `import { createManagementApi } from '@logto/api/management';

const { apiClient } = createManagementApi(${json(tenantOf(profile))}, {
  clientId: ${json(profile.appId)},
  clientSecret: ${json(placeholders.secret)},
  baseUrl: ${json(endpoint)},
  apiIndicator: ${json(resource)},
});
const { data: rows, response } = await apiClient.GET(${json(template)}, {
  params: {${path}
    query: ${json(objectOf(params))},
  },
});
const total = response.headers.get('total-number');
`;
};

const writers: Readonly<Record<CopyForm, (profile: Profile, query: Query, at: Asked) => string>> = {
  curl,
  fetch: nodeFetch,
  sdk,
};

/** The view's request as code to take elsewhere, with placeholders for token and secret. */
export const copyAs = (form: CopyForm, profile: Profile, query: Query, at: Asked): string =>
  writers[form](profile, query, at);
