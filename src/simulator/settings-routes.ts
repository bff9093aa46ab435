import { json, missingEntity } from './answer.ts';
import type { LogData } from './log-data.ts';
import type { Route } from './route.ts';

const day = 86_400_000;
const isoDate = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** The days of Logto's curve, and the longest span that it compares with the one before. */
const curveDays = 30;

/** Who was given tokens, by days back from `end`, unix ms: a user is active who uses an application. */
const activeByDay = (logs: LogData, end: number): Set<string>[] => {
  const days = Array.from({ length: 2 * curveDays }, () => new Set<string>());
  for (let at = 0; at < logs.length; at += 1) {
    const back = Math.floor((end - (logs.times[at] ?? 0)) / day);
    if (back >= days.length) break;
    const userId = logs.key(at).startsWith('ExchangeTokenBy.') ? logs.userId(at) : undefined;
    if (userId !== undefined) days[back]?.add(userId);
  }
  return days;
};

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
  'GET /api/dashboard/users/active': ({ tenant, asked, now }) => {
    const date = asked.query.get('date');
    const end = date ? Date.parse(date) : now;
    const byDay = activeByDay(tenant.logs, end);
    const since = (from: number, to: number) =>
      new Set(byDay.slice(from, to).flatMap((users) => [...users])).size;
    const span = (days: number) => {
      const count = since(0, days);
      return { count, delta: count - since(days, 2 * days) };
    };
    const dauCurve = byDay
      .slice(0, curveDays)
      .map(({ size }, back) => ({ date: isoDate(end - back * day), count: size }))
      .reverse();
    return json({ dauCurve, dau: span(1), wau: span(7), mau: span(curveDays) });
  },
};
