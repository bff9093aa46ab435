import type { Simulator } from '../src/simulator/server.ts';

/** An `authorization` header that a simulator takes. */
export const bearerOf = async ({ endpoint, tokens }: Simulator): Promise<string> => {
  const [app] = tokens.apps;
  const answer = await fetch(`${endpoint}/oidc/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${app?.appId}:${app?.secret}`).toString('base64')}` },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      resource: tokens.resource,
      scope: 'all',
    }),
  });
  const { access_token: token } = (await answer.json()) as { access_token: string };
  return `Bearer ${token}`;
};
