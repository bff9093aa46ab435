import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHTTPHandler } from '@trpc/server/adapters/standalone';
import type { Core } from '../core/core.ts';
import { type Door, router } from '../core/router.ts';
import { assetFor, assetHeaders, loadAssets, pageHeaders } from '../doors/assets.ts';
import { DeskError } from '../shared/errors.ts';
import { createPhrases } from '../shared/phrases/index.ts';
import { because, type Reason } from '../shared/reasons.ts';
import { sendArrival } from './arrival.ts';
import { Downloads } from './downloads.ts';
import { Guard } from './guard.ts';
import { packed } from './packed.ts';

export type BrowserDoor = {
  /** The address that opens the door; its token works once. */
  address: string;
  /** The same for a browser that cannot resolve names below `localhost`; null where `address` is that already. */
  plainAddress: string | null;
  port: number;
  stop: () => Promise<void>;
};

export type BrowserDoorOptions = {
  /** The built interface. */
  assets: string;
  /** Where finished exports wait for the browser; the owner's alone. */
  downloads: string;
  /** Absent: of the system's choice. */
  port?: number | undefined;
};

const { t } = createPhrases();

const bodyLimit = 8_000_000;
/** Connections at a time: a browser keeps six and some more for each tab. */
const mostConnections = 256;

/**
 * Takes the port on `::1`, too: browsers look for names below `localhost` there as well, and whoever listens there would
 * be sent the token. False where somebody does; then the door goes without a name of its own.
 */
const takesBoth = async (server: Server, port: number): Promise<boolean> => {
  server.listen(port, '::1');
  try {
    await once(server, 'listening');
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE');
  }
};

/** A port that cannot be had, as wrong usage; whatever else is wrong stays as it is. */
const portError = (error: NodeJS.ErrnoException, port: number): Error => {
  const reasons: Readonly<Record<string, Reason>> = {
    EADDRINUSE: because('port.inUse', { port }),
    EACCES: because('port.privileged', { port }),
  };
  const why = reasons[error.code ?? ''];
  return why ? new DeskError('usage.invalid', { where: '--port', why }, { cause: error }) : error;
};

/** Serves the interface and the contract on this machine's loopback addresses to one browser. */
export const startBrowserDoor = async (
  core: Core,
  { assets: assetFolder, downloads: downloadFolder, port = 0 }: BrowserDoorOptions,
): Promise<BrowserDoor> => {
  const assets = loadAssets(assetFolder);
  const downloads = new Downloads(downloadFolder);
  await downloads.sweep(core.keptPaths());
  const door: Door = {
    kind: 'browser',
    chooseFile: (name) => downloads.pathFor(name),
    chooseFolder: (name) => downloads.folderFor(name),
    download: ({ id }, what) => downloads.ticketFor(id, what),
  };
  const answerCall = createHTTPHandler({
    router,
    basePath: '/trpc/',
    maxBodySize: bodyLimit,
    // Queries come as POST too: what is searched for stands in no address and no log.
    allowMethodOverride: true,
    allowBatching: false,
    createContext: () => ({ core, door }),
    // A refusal with a code of ours is an answer, not a fault of this door: browsers write those into their console.
    responseMeta: ({ errors: [error] }) =>
      error?.code === 'INTERNAL_SERVER_ERROR' && error.cause instanceof DeskError ? { status: 200 } : {},
  });

  const refuse = (response: ServerResponse, status: number, text: string) => {
    response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
    response.end(`${text}\n`);
  };

  const sendDownload = (ticket: string, response: ServerResponse) => {
    if (core.lock.isClosed) return refuse(response, 423, t('app.lockedDownload'));
    const asked = downloads.take(ticket);
    return downloads.send(
      asked && core.jobs.find(asked.job),
      asked?.what ?? 'file',
      response,
      core.lock.signal,
    );
  };

  const serve = async (guard: Guard, request: IncomingMessage, response: ServerResponse) => {
    for (const [name, value] of Object.entries(pageHeaders("'self'"))) response.setHeader(name, value);
    const url = URL.parse(`http://${request.headers.host}${request.url}`);
    if (!url) return response.writeHead(400).end();
    const token = request.method === 'GET' ? url.searchParams.get('token') : null;
    const isOwn = guard.isOwn(request);
    if (token !== null && (isOwn || guard.isArrival(request))) {
      const admission = guard.admit(request, token);
      if (admission) return sendArrival(response, admission);
    }
    if (!isOwn) return response.writeHead(403).end();
    if (!guard.isKnown(request)) return refuse(response, 401, t('app.addressUsed'));
    if (token !== null) return response.writeHead(303, { location: '/' }).end();
    if (url.pathname.startsWith('/trpc/')) {
      return guard.isPage(request) ? answerCall(request, response) : refuse(response, 401, t('app.pageKey'));
    }
    if (request.method !== 'GET') return response.writeHead(405).end();
    if (url.pathname.startsWith('/download/'))
      return sendDownload(url.pathname.slice('/download/'.length), response);
    const asset = assetFor(assets, url.pathname);
    if (!asset) return response.writeHead(404).end();
    const { body, encoding } = await packed(asset, String(request.headers['accept-encoding'] ?? ''));
    return response.writeHead(200, { ...assetHeaders(asset), ...encoding }).end(body);
  };

  let guard: Guard | null = null;
  const newServer = () => {
    const server = createServer((request, response) => {
      if (!guard) return response.destroy();
      serve(guard, request, response).catch((error: unknown) => {
        const name = error instanceof Error ? error.name : 'error';
        // The lock stopped a download.
        if (name !== 'AbortError') core.log.error(`browser door: ${name}`);
        if (response.headersSent) response.destroy();
        else response.writeHead(500).end();
      });
    });
    server.maxConnections = mostConnections;
    return server;
  };
  const servers = [newServer(), newServer()] as const;
  servers[0].listen(port, '127.0.0.1');
  await once(servers[0], 'listening').catch((error: NodeJS.ErrnoException) => {
    throw portError(error, port ?? 0);
  });
  const bound = (servers[0].address() as AddressInfo).port;
  guard = new Guard(bound, await takesBoth(servers[1], bound));
  const [address = '', plainAddress = null] = guard.addresses;

  return {
    address,
    plainAddress,
    port: bound,
    stop: async () => {
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
      await downloads.removeAll();
    },
  };
};
