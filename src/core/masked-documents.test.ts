import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { resourceOf } from '../shared/catalog/index.ts';
import { metadataMasked } from '../shared/masked-documents.ts';
import { maskSecrets, secretMask, valueAt } from '../shared/row.ts';

const folder = mkdtempSync(join(tmpdir(), 'logto-desk-documents-'));
const at = (name: string) => join(folder, name);
const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'ignore'] });
openssl(
  ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '9'],
  ...['-subj', '/CN=idp.test', '-keyout', at('key.pem'), '-out', at('cert.pem')],
);
openssl('pkcs8', '-topk8', '-in', at('key.pem'), '-passout', 'pass:x', '-out', at('sealed.pem'));
openssl('ec', '-in', at('key.pem'), '-out', at('sec1.pem'));
openssl('genrsa', '-traditional', '-out', at('rsa.pem'), '1024');
openssl(
  ...['pkcs12', '-export', '-inkey', at('key.pem'), '-in', at('cert.pem'), '-passout', 'pass:x', '-out'],
  at('store.p12'),
);
const cert = readFileSync(at('cert.pem'), 'utf8');
const keys = ['key.pem', 'sealed.pem', 'sec1.pem', 'rsa.pem'].map((name) => readFileSync(at(name), 'utf8'));
const store = readFileSync(at('store.p12')).toString('base64');
rmSync(folder, { recursive: true });

/** The text between the lines of PEM. */
const bare = (pem: string) =>
  pem
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('-----'))
    .join('\n');
/** A line in the middle of a key, which nothing shown may have in it. */
const middle = (pem: string) => bare(pem).split('\n').at(1) ?? '';

const shown = (config: Record<string, string>): string => {
  const [field = ''] = Object.keys(config);
  return String(valueAt(maskSecrets(resourceOf('sso-connectors'), { config }), `config.${field}`));
};

describe('in the place of a certificate', () => {
  test('certificates stay as they are: as PEM, several, as base64', () => {
    for (const text of [cert, `${cert}\n${cert}`, bare(cert), bare(cert).replaceAll('\n', ''), ''])
      expect(shown({ x509Certificate: text })).toBe(text);
  });

  test('keys are masked, however they are written, and what stands beside a certificate', () => {
    for (const key of keys)
      for (const text of [
        key,
        bare(key),
        `${key}${cert}`,
        `${cert}${key}`,
        key
          .replaceAll('EC PRIVATE KEY', 'CERTIFICATE')
          .replaceAll(/(ENCRYPTED |RSA )?PRIVATE KEY/g, 'CERTIFICATE'),
        bare(cert) + bare(key),
      ]) {
        const masked = shown({ x509Certificate: text });
        expect(masked).not.toContain(middle(key));
        expect(masked.replace(cert, '')).toContain(secretMask);
        // Rows of a copy are masked again.
        expect(shown({ x509Certificate: masked })).toContain(masked.includes(cert) ? cert : secretMask);
      }
    for (const text of [store, `subject=x, password: y\n${cert}`, 'hunter2', `${cert.slice(0, 120)}`])
      expect(shown({ x509Certificate: text }).replace(cert, '').trim()).toBe(
        `-----BEGIN CERTIFICATE-----\n${secretMask}\n-----END CERTIFICATE-----`,
      );
  });
});

const document = (inner: string) => `<?xml version="1.0" encoding="UTF-8"?>
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="https://idp.test/saml">
  <md:IDPSSODescriptor WantAuthnRequestsSigned="false" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <md:KeyDescriptor use="signing">
      <ds:KeyInfo><ds:X509Data><ds:X509Certificate>
${bare(cert)}
      </ds:X509Certificate></ds:X509Data></ds:KeyInfo>
    </md:KeyDescriptor>
    <md:NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress</md:NameIDFormat>
    <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://idp.test/sso/post"/>
    ${inner}
  </md:IDPSSODescriptor>
</md:EntityDescriptor>
`;

describe('in SAML metadata', () => {
  test('what is public stays, byte by byte', () => {
    const text = document(
      '<md:SingleLogoutService Location = "https://idp.test/slo"></md:SingleLogoutService>',
    );
    expect(shown({ metadata: text })).toBe(text);
  });

  test('nothing comes through that lets somebody in', () => {
    const mark = 'Mk7marked9secret';
    const key = bare(keys[0] ?? '');
    const numbered = [...`https://u:${mark}@h.test/`].map((one) => `&#${one.charCodeAt(0)};`).join('');
    for (const inner of [
      `<md:SingleSignOnService Location="https://user:${mark}@idp.test/sso"/>`,
      `<md:SingleSignOnService Location='https://idp.test/sso?a=1&amp;tok=${mark}'/>`,
      `<md:SingleSignOnService ResponseLocation="https://idp.test/${mark}/sso"/>`,
      `<md:SingleSignOnService Location="https&#58;//user&#x3a;${mark}@idp.test/sso"/>`,
      `<md:SingleSignOnService Location="${numbered}"/>`,
      `<md:SingleSignOnService Location="token&#61;${mark}"/>`,
      `<md:OrganizationURL>https://user:${mark}@idp.test/</md:OrganizationURL>`,
      `<md:OrganizationName>${numbered}</md:OrganizationName>`,
      `<ds:X509Certificate>${mark}</ds:X509Certificate>`,
      `<ds:X509Certificate>${key}</ds:X509Certificate>`,
      `<ds:X509Certificate>-----BEGIN PRIVATE KEY-----\n${mark}</ds:X509Certificate>`,
      `<ds:X509Certificate><x>${mark}</x></ds:X509Certificate>`,
      `<ds:RSAKeyValue><ds:D>${mark}</ds:D></ds:RSAKeyValue>`,
      `<md:Extensions><app:Client secret="${mark}" x='${mark}'>${mark}</app:Client></md:Extensions>`,
      `<!-- the password is ${mark} -->`,
      `<a/>${mark}`,
      `<a ${mark}/>`,
      `<a x="1>${mark}`,
      `<![CDATA[${mark}]]>`,
      `<!DOCTYPE x [<!ENTITY a "https://u:${mark}@h.test">]>`,
      `<?php ${mark}?>`,
      `<md:OrganizationName>x</md:OrganizationName>${mark}`,
    ]) {
      const masked = shown({ metadata: document(inner) });
      expect(masked, inner).not.toContain(mark);
      expect(masked, inner).not.toContain(key);
      expect(masked, inner).toContain(secretMask);
      // And what a reader of it would make of its numbers.
      expect(masked, inner).not.toContain(numbered.slice(60, 120));
      expect(metadataMasked(masked, secretMask), inner).toBe(masked);
    }
  });

  test('what is not such a document is masked whole, and endless ones end', () => {
    for (const text of [
      'https://idp.test/metadata',
      'password',
      'PEVudGl0eQ==',
      `<a>${'x'.repeat(1_000_000)}`,
    ])
      expect(metadataMasked(text, secretMask)).toBe(secretMask);
    for (const text of [
      '<!--'.repeat(240_000),
      `<a${' '.repeat(900_000)}`,
      `<a${' b="c"'.repeat(150_000)}`,
      `<a${' b="c"'.repeat(150_000)}>`,
      '<a>'.repeat(300_000),
      `<a b="${'&#58;'.repeat(180_000)}"/>`,
      `<${'a'.repeat(900_000)}`,
      `<OrganizationURL>${'://'.repeat(300_000)}</OrganizationURL>`,
    ])
      metadataMasked(text, secretMask);
  });
});
