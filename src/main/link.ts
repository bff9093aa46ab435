import { callTRPCProcedure, getTRPCErrorFromUnknown, getTRPCErrorShape, TRPCError } from '@trpc/server';
import { type Context, router } from '../core/router.ts';
import { heldTo } from '../shared/held.ts';
import { type LinkAnswer, linkChannel, linkRequest } from '../shared/link.ts';
import type { Contents, Electron, LinkEvent } from './electron.ts';

const isIterable = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

/**
 * Carries calls of the contract over IPC. A message that does not come from our own page's main frame, or that is not
 * a call, gets no answer. All that a page asked for ends with it.
 */
export const serveLink = (
  ipcMain: Electron['ipcMain'],
  contextFor: (sender: Contents) => Context,
  isOwnFrame: (event: LinkEvent) => boolean,
) => {
  const running = new Map<Contents, Map<number, AbortController>>();

  const callsOf = (sender: Contents) => {
    const known = running.get(sender);
    if (known) return known;
    const calls = new Map<number, AbortController>();
    const endAll = () => {
      for (const control of calls.values()) control.abort();
      calls.clear();
    };
    sender.on('did-start-navigation', (details) => {
      if (details.isMainFrame && !details.isSameDocument) endAll();
    });
    sender.once('destroyed', () => {
      endAll();
      running.delete(sender);
    });
    running.set(sender, calls);
    return calls;
  };

  ipcMain.on(linkChannel, async (event, message: unknown) => {
    if (!isOwnFrame(event)) return;
    const request = heldTo(linkRequest, message);
    if (!request) return;
    const { sender } = event;
    const calls = callsOf(sender);
    if (request.type === 'cancel') {
      calls.get(request.id)?.abort();
      return;
    }
    const { id, type, path, input } = request;
    if (calls.has(id)) return;
    const control = new AbortController();
    calls.set(id, control);
    const answer = (value: LinkAnswer) => {
      if (!sender.isDestroyed() && !control.signal.aborted) sender.send(linkChannel, value);
    };
    const ctx = contextFor(sender);
    try {
      const result = await callTRPCProcedure({
        router,
        path,
        type,
        ctx,
        signal: control.signal,
        batchIndex: 0,
        getRawInput: async () => input,
      });
      if (type !== 'subscription') answer({ id, type: 'data', data: result });
      else if (isIterable(result)) for await (const data of result) answer({ id, type: 'data', data });
      else throw new TRPCError({ code: 'BAD_REQUEST', message: 'This is not a subscription' });
      answer({ id, type: 'done' });
    } catch (thrown) {
      const error = getTRPCErrorFromUnknown(thrown);
      answer({
        id,
        type: 'error',
        error: getTRPCErrorShape({ config: router._def._config, error, type, path, input, ctx }),
      });
    } finally {
      calls.delete(id);
    }
  });
};
