import { X509Certificate } from 'node:crypto';
import { type Row, secretMask, valueAt } from '../../shared/row.ts';

/** Characters of a document, and certificates in it, that are looked at. */
const longestDocument = 1_000_000;
const mostCertificates = 20;

const inDocument = /<(?:[\w.-]{1,40}:)?X509Certificate(?:\s[^<>]{0,400})?>([^<]{1,100000})</g;
const inPem = /-----BEGIN CERTIFICATE-----([^-]{1,100000})-----END CERTIFICATE-----/g;

const textAt = (row: Row, path: string): string => {
  const value = valueAt(row, path);
  // A copy that an earlier version made has it masked.
  return typeof value === 'string' && value !== secretMask ? value.slice(0, longestDocument).trim() : '';
};

/** What of a connector's configuration says that it is a certificate, as base64 text. */
const encodedIn = (row: Row): string[] => {
  const own = textAt(row, 'config.x509Certificate');
  // A mask stands for anything that is not a certificate: it exists, and cannot be read.
  const pem = [...own.matchAll(inPem)].map(([, body = '']) => body);
  const document = textAt(row, 'config.metadata');
  const found = [...document.matchAll(inDocument)].map(([, body = '']) => body);
  return [...(pem.length > 0 ? pem : own ? [own] : []), ...found].slice(0, mostCertificates);
};

/** When a certificate ends, unix ms; null for what is none. */
const endOf = (encoded: string): number | null => {
  const base64 = encoded.replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return null;
  try {
    const end = Date.parse(new X509Certificate(Buffer.from(base64, 'base64')).validTo);
    return Number.isNaN(end) ? null : end;
  } catch {
    return null;
  }
};

/**
 * Ends of the certificates in the configuration of an SSO connector (`x509Certificate`, or the SAML metadata it was given),
 * unix ms, each once; null for one that cannot be read.
 */
export const certificateEnds = (row: Row): (number | null)[] => [...new Set(encodedIn(row).map(endOf))];
