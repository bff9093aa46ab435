import type { PlannedRequest } from '../../shared/change/change.ts';
import { withSecrets } from '../../shared/change/secrets.ts';
import type { Profile } from '../../shared/profile.ts';

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** Requests as `curl` commands, with a placeholder for the token and for every secret. */
export const curlOf = (
  { endpoint }: Pick<Profile, 'endpoint'>,
  requests: readonly PlannedRequest[],
): string =>
  requests
    .map(({ method, path, body }) =>
      [
        `curl --request ${method} ${quoted(endpoint + path)}`,
        `  --header ${quoted('Authorization: Bearer <access token>')}`,
        ...(body === undefined
          ? []
          : [
              `  --header ${quoted('Content-Type: application/json')}`,
              `  --data ${quoted(JSON.stringify(withSecrets(body, () => '<secret>')))}`,
            ]),
      ].join(' \\\n'),
    )
    .join('\n\n');
