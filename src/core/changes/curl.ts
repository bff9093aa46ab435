import type { PlannedRequest } from '../../shared/change/change.ts';
import { withSecrets } from '../../shared/change/secrets.ts';
import type { Profile } from '../../shared/profile.ts';

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/**
 * JSON in which no quotes stand but those that part it: an end user's own data is in it, and shells that are not POSIX ones
 * end a text at others. PowerShell takes the typographic ones for its own; cmd fills in what stands between percent signs.
 */
const inert = (json: string): string =>
  json.replace(/\\.|['‘’‚‛“”„%]/g, (found) => {
    if (found === '\\"') return '\\u0022';
    if (found === '\\\\') return '\\u005c';
    return found.length > 1 ? found : `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });

/** Requests as `curl` commands, with a placeholder for the token and for every secret. */
export const curlOf = (
  { endpoint }: Pick<Profile, 'endpoint'>,
  requests: readonly PlannedRequest[],
): string =>
  requests
    .map(({ method, path, body }) =>
      [
        `curl --request ${method} ${quoted((endpoint + path).replaceAll("'", '%27'))}`,
        `  --header ${quoted('Authorization: Bearer <access token>')}`,
        ...(body === undefined
          ? []
          : [
              `  --header ${quoted('Content-Type: application/json')}`,
              `  --data ${quoted(inert(JSON.stringify(withSecrets(body, () => '<secret>'))))}`,
            ]),
      ].join(' \\\n'),
    )
    .join('\n\n');
