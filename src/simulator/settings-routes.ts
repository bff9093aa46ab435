import { json, missingEntity } from './answer.ts';
import type { Route } from './route.ts';

const day = 86_400_000;
const isoDate = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** Settings, dashboard and the lists that a young tenant has empty. */
export const settingsRoutes: Readonly<Record<string, Route>> = {
  'GET /api/sign-in-exp': ({ tenant }) => json(tenant.settings.signInExperience),
  'GET /api/sso-connector-providers': () =>
    json(
      ['OIDC', 'SAML', 'AzureAD', 'AzureAdOidc', 'GoogleWorkspace', 'Okta'].map((name) => ({
        providerName: name,
        providerType: name.includes('SAML') || name === 'AzureAD' ? 'saml' : 'oidc',
        logo: 'data:image/svg+xml;base64,PHN2Zy8+',
        logoDark: 'data:image/svg+xml;base64,PHN2Zy8+',
        description: 'Identity provider',
        name,
      })),
    ),
  'GET /api/configs/admin-console': ({ tenant }) => json(tenant.settings.adminConsole),
  'GET /api/account-center': ({ tenant }) => json(tenant.settings.accountCenter),
  'GET /api/captcha-provider': ({ tenant, asked }) => {
    const [provider] = tenant.settings.captcha;
    return provider ? json(provider) : missingEntity(asked);
  },
  'GET /api/systems/application': () =>
    json(
      {
        code: 'application.protected_app_not_configured',
        message:
          'Protected app provider is not configured. This feature is not available for open source version.',
      },
      501,
    ),
  'GET /api/dashboard/users/total': ({ tenant }) => json({ totalUserCount: tenant.users.length }),
  'GET /api/dashboard/users/new': ({ tenant, now }) => {
    const since = (from: number, to: number) =>
      tenant.users.filter(({ createdAt }) => createdAt >= from && createdAt < to).length;
    const span = (days: number) => {
      const count = since(now - days * day, now);
      return { count, delta: count - since(now - 2 * days * day, now - days * day) };
    };
    return json({ today: span(1), last7Days: span(7) });
  },
  'GET /api/dashboard/users/active': ({ asked, now }) => {
    const date = asked.query.get('date');
    const end = date ? Date.parse(date) : now;
    const none = { count: 0, delta: 0 };
    const dauCurve = Array.from({ length: 30 }, (_, n) => ({
      date: isoDate(end - (29 - n) * day),
      count: 0,
    }));
    return json({ dauCurve, dau: none, wau: none, mau: none });
  },
};
