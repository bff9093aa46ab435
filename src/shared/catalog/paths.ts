import type { createApiClient } from '@logto/api/management';
import type { Client } from 'openapi-fetch';

// @logto/api does not export its `paths` by name; they are the type parameter of its client.
type Paths = ReturnType<typeof createApiClient> extends Client<infer P, infer _Media> ? P : never;

/** What servers document (`management.openapi.json` of 1.42) and the package's types do not have yet. */
type Documented = {
  '/api/sso-connectors/{id}/signing-keys': {
    get: {
      parameters: { path: { id: string } };
      responses: {
        200: {
          content: {
            'application/json': {
              id: string;
              certificate: string;
              createdAt: number;
              expiresAt: number;
              active: boolean;
              fingerprints: { sha256: { formatted: string; unformatted: string } };
            }[];
          };
        };
      };
    };
  };
};

export type ApiPaths = Paths & Documented;

/** Every path of the Management API that has a GET operation. */
export type ApiPath = {
  [Path in keyof ApiPaths]: ApiPaths[Path] extends { get: object } ? Path : never;
}[keyof ApiPaths];
