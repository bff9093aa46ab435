import type { createApiClient } from '@logto/api/management';
import type { Client } from 'openapi-fetch';

// @logto/api does not export its `paths` by name; they are the type parameter of its client.
type Paths = ReturnType<typeof createApiClient> extends Client<infer P, infer _Media> ? P : never;
export type ApiPaths = Paths;

/** Every path of the Management API that has a GET operation. */
export type ApiPath = {
  [Path in keyof Paths]: Paths[Path] extends { get: object } ? Path : never;
}[keyof Paths];
