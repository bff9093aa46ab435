import { request } from 'node:http';
import { pageKeyHeader } from '../shared/page-key.ts';
import type { BrowserDoor } from './server.ts';

export type Asked = { method?: string; headers?: Record<string, string>; body?: string | Uint8Array };
export type Answer = {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
};

/** A request as some program sends it to a port of this machine, free to claim any Host and Origin. */
export const askPort = (port: number, path: string, { method = 'GET', headers = {}, body }: Asked = {}) =>
  new Promise<Answer>((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk) => (text += chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });

/** What our own page sends along once it came in by an address of the door. */
export const enter = async ({ address, port }: Pick<BrowserDoor, 'address' | 'port'>) => {
  const { host, origin, pathname, search } = new URL(address);
  const arrived = await askPort(port, pathname + search, { headers: { host } });
  const [set = ''] = arrived.headers['set-cookie'] ?? [];
  const key = /name="key" content="([^"]+)"/.exec(arrived.body)?.[1] ?? '';
  return { host, origin, cookie: set.split(';')[0] ?? '', [pageKeyHeader]: key };
};
