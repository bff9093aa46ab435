import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHTTPHandler } from '@trpc/server/adapters/standalone';
import type { Core } from '../core/core.ts';
import { type Door, router } from '../core/router.ts';
import { assetFor, assetHeaders, loadAssets, pageHeaders } from '../doors/assets.ts';
import { Downloads } from './downloads.ts';
import { Guard } from './guard.ts';
import { packed } from './packed.ts';

export type BrowserDoor = {
  /** The address that opens the door; its token works once. */
  address: string;
  port: number;
  stop: () => Promise<void>;
};

const bodyLimit = 8_000_000;

/** Serves the interface and the contract on 127.0.0.1, at a port of the system's choice, to one browser. */
export const startBrowserDoor = async (core: Core, assetFolder: string, port = 0): Promise<BrowserDoor> => {
  const assets = loadAssets(assetFolder);
  const downloads = new Downloads();
  const door: Door = {
    kind: 'browser',
    chooseFile: (name) => downloads.pathFor(name),
    chooseFolder: (name) => downloads.folderFor(name),
    downloadUrl: ({ id }) => `/download/${id}`,
  };
  const answerCall = createHTTPHandler({
    router,
    basePath: '/trpc/',
    maxBodySize: bodyLimit,
    // Queries come as POST too: what is searched for stands in no address and no log.
    allowMethodOverride: true,
    allowBatching: false,
    createContext: () => ({ core, door }),
  });

  const serve = async (guard: Guard, request: IncomingMessage, response: ServerResponse) => {
    for (const [name, value] of Object.entries(pageHeaders("'self'"))) response.setHeader(name, value);
    const url = URL.parse(`${guard.origin}${request.url}`);
    if (!url) return response.writeHead(400).end();
    const token = url.searchParams.get('token');
    if (!guard.isOwn(request)) {
      const cookie = token !== null && guard.isArrival(request) ? guard.admit(token) : null;
      if (!cookie) return response.writeHead(403).end();
      // A redirect would go on as the other site's navigation, without the cookie: our own page has to lead on.
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'set-cookie': cookie });
      return response.end(
        '<!doctype html><meta http-equiv="refresh" content="0; url=/"><title>Logto Desk</title>',
      );
    }
    if (token !== null && request.method === 'GET') {
      const cookie = guard.admit(token);
      if (cookie) return response.writeHead(303, { location: '/', 'set-cookie': cookie }).end();
      if (guard.isKnown(request)) return response.writeHead(303, { location: '/' }).end();
    }
    if (!guard.isKnown(request)) {
      response.writeHead(401, { 'content-type': 'text/plain; charset=utf-8' });
      return response.end('This address has been used. Start Logto Desk again for a new one.\n');
    }
    if (url.pathname.startsWith('/trpc/')) return answerCall(request, response);
    if (request.method !== 'GET') return response.writeHead(405).end();
    if (url.pathname.startsWith('/download/')) {
      {
        const [id = '', what] = url.pathname.slice('/download/'.length).split('/');
        return downloads.send(core.jobs.find(id), what === 'manifest' ? 'manifest' : 'file', response);
      }
    }
    const asset = assetFor(assets, url.pathname);
    if (!asset) return response.writeHead(404).end();
    const { body, encoding } = await packed(asset, String(request.headers['accept-encoding'] ?? ''));
    return response.writeHead(200, { ...assetHeaders(asset), ...encoding }).end(body);
  };

  let guard: Guard | null = null;
  const server = createServer((request, response) => {
    if (!guard) return response.destroy();
    serve(guard, request, response).catch((error: unknown) => {
      core.log.error(`browser door: ${error instanceof Error ? error.name : 'error'}`);
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end();
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const bound = (server.address() as AddressInfo).port;
  guard = new Guard(bound);

  return {
    address: guard.address,
    port: bound,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await downloads.removeAll();
    },
  };
};
