import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { pageKeyItem } from '../shared/page-key.ts';
import type { Admission } from './guard.ts';

const script = `sessionStorage.setItem(${JSON.stringify(pageKeyItem)}, document.querySelector('meta[name="key"]').content);
location.replace('/');`;

const policy = [
  "default-src 'none'",
  `script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * Answers the one who was let in: a page that keeps its key and leads on to the interface. A redirect would continue as the
 * other site's navigation, without the cookie; and the address with the token stays in no tab's history.
 */
export const sendArrival = (response: ServerResponse, { cookie, key }: Admission): void => {
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy,
    'set-cookie': cookie,
  });
  response.end(
    `<!doctype html><meta name="key" content="${key}"><title>Logto Desk</title><script>${script}</script>`,
  );
};
