import { createHash } from 'node:crypto';
import { catalog, type Filter, type Resource } from '../../shared/catalog/index.ts';

/** What the catalogue knows and a tenant's own document does not name: lists by their ids, and parameters of lists. */
export type Lacking = { lists: string[]; parameters: Record<string, string[]> };

/** Parameters differ in their names from document to document; their places do not. */
const shapeOf = (path: string) => path.replace(/\{[^}]*\}/g, '{}');

const filled = ({ path, fixedPath = {} }: Resource) =>
  path.replace(/\{([^}]+)\}/g, (whole, name: string) => fixedPath[name] ?? whole);

const parametersOf = (filter: Filter): string[] => {
  if (filter.kind === 'time') return [filter.from, filter.to];
  return filter.kind === 'search' ? [] : [filter.param];
};

type Operation = { parameters?: unknown };

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** Names of an operation's own parameters; those that stand elsewhere in the document are of paths. */
const namesOf = ({ parameters }: Operation): Set<string> =>
  new Set(
    (Array.isArray(parameters) ? parameters : []).flatMap((one: unknown) =>
      isObject(one) && typeof one.name === 'string' ? [one.name] : [],
    ),
  );

/** The document's name for all parameters of a search. */
const anySearch = 'search_params';

/** What the tenant lacks by its own OpenAPI document; null when this is none. */
export const lackingOf = (document: unknown): Lacking | null => {
  const paths = isObject(document) ? document.paths : undefined;
  if (!isObject(paths) || Object.keys(paths).length === 0) return null;
  const known = new Map<string, Set<string>>();
  for (const [path, methods] of Object.entries(paths))
    if (isObject(methods) && isObject(methods.get)) known.set(shapeOf(path), namesOf(methods.get));
  const lacking: Lacking = { lists: [], parameters: {} };
  for (const resource of catalog) {
    // `/configs/oidc/private-keys` is a value of `/configs/oidc/{keyType}`, and some documents spell it out.
    const names = known.get(shapeOf(resource.path)) ?? known.get(shapeOf(filled(resource)));
    if (!names) lacking.lists.push(resource.id);
    else {
      const missing = resource.filters
        .flatMap(parametersOf)
        .filter((name) => !names.has(name) && !(name === 'search' && names.has(anySearch)));
      if (missing.length > 0) lacking.parameters[resource.id] = missing;
    }
  }
  return lacking;
};

/** Changes with the catalogue: what was found by an older one is looked for again. */
export const catalogMark: string = createHash('sha256')
  .update(
    JSON.stringify(
      catalog.map((resource) => [resource.id, resource.path, resource.filters.flatMap(parametersOf)]),
    ),
  )
  .digest('base64url')
  .slice(0, 16);
