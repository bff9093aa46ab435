import { z } from 'zod';

/** The only IPC channel: requests of the interface one way, their answers the other. */
export const linkChannel = 'desk';

/** What the interface sends: a call of the contract, or the end of its interest in one. */
export const linkRequest = z.discriminatedUnion('type', [
  z.object({
    type: z.enum(['query', 'mutation', 'subscription']),
    id: z.number().int().nonnegative(),
    path: z.string().max(128),
    input: z.unknown(),
  }),
  z.object({ type: z.literal('cancel'), id: z.number().int().nonnegative() }),
]);
export type LinkRequest = z.infer<typeof linkRequest>;

/** What comes back: `data` once for a query or mutation, any number of times for a subscription, then `done`. */
export type LinkAnswer =
  | { id: number; type: 'data'; data: unknown }
  | { id: number; type: 'error'; error: unknown }
  | { id: number; type: 'done' };

/** The bridge that the preload script puts into the page. */
export type LinkBridge = {
  send(request: LinkRequest): void;
  /** One listener at a time hears every answer. */
  onAnswer(listener: (answer: LinkAnswer) => void): void;
};
