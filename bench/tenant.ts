import type { Page } from '@playwright/test';
import { enterTenant } from '../e2e/desk.ts';
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

/** Adds a simulator to the app on a page, as the tenant *Bench*. */
export const addBench = async (page: Page, { endpoint, tokens }: Simulator): Promise<void> => {
  const [app] = tokens.apps;
  await page.getByText('Add a tenant').first().click();
  await enterTenant(page, { name: 'Bench', endpoint, appId: app?.appId ?? '', secret: app?.secret ?? '' });
  await page.getByRole('dialog').getByRole('button', { name: 'Add without testing' }).click();
};
