/** Short forms that are written in capitals, and those of which only some letters are. */
const short: Readonly<Record<string, string | undefined>> = {
  api: 'API',
  cimd: 'CIMD',
  csp: 'CSP',
  css: 'CSS',
  dns: 'DNS',
  html: 'HTML',
  http: 'HTTP',
  https: 'HTTPS',
  id: 'ID',
  ids: 'IDs',
  idp: 'IdP',
  ip: 'IP',
  jit: 'JIT',
  json: 'JSON',
  jwt: 'JWT',
  last7: 'last 7',
  logto: 'Logto',
  mfa: 'MFA',
  oidc: 'OIDC',
  otp: 'OTP',
  pkce: 'PKCE',
  saml: 'SAML',
  sms: 'SMS',
  sso: 'SSO',
  totp: 'TOTP',
  ttl: 'TTL',
  ui: 'UI',
  uri: 'URI',
  uris: 'URIs',
  url: 'URL',
  urls: 'URLs',
};

/**
 * A field's name in words, for fields that a newer server sends and the catalogue does not know: `cimdClientId` is "CIMD
 * client ID". Anything but a plain name, such as the path `customData.plan`, whose parts are the operator's own, stays as it is.
 */
export const fieldInWords = (name: string): string => {
  if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(name)) return name;
  const words = name
    .replace(/_+/g, ' ')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .trim()
    .split(/\s+/)
    .map((word) =>
      Object.hasOwn(short, word.toLowerCase()) ? short[word.toLowerCase()] : word.toLowerCase(),
    );
  const text = words.join(' ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
};
