import { DeskError } from '../../shared/errors.ts';
import { isPrivateHost, type Profile } from '../../shared/profile.ts';
import { bytesOf } from '../client/body.ts';
import type { Fetch } from '../client/send.ts';

/** Largest picture that is read, bytes. */
export const largestImage = 1_000_000;
const limitMs = 10_000;

/** Formats that a picture may have; a drawing in SVG is a document, and no picture of a person. */
const formats = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'];

const refuse = (reason: string) => new DeskError('image.refused', { reason });

const isOwn = (endpoint: string, { origin }: URL) => origin === new URL(endpoint).origin;

/** The address of a picture that may be asked for. Rows are written by strangers: it must not reach into our network. */
const addressOf = ({ endpoint }: Profile, text: string): URL => {
  const url = URL.parse(text);
  if (!url || url.username || url.password) throw refuse('this is not an image address');
  // The tenant's own server is one that the operator named; another port of its host is another server.
  if (isOwn(endpoint, url)) return url;
  if (url.protocol !== 'https:' || isPrivateHost(url.hostname) || /^[\d.]+$|^\[/.test(url.hostname))
    throw refuse('only https addresses with a public name are loaded');
  return url;
};

/** Who asks: the tenant's own server, and others, where a name may not lead into this machine or a private network. */
export type PictureFetches = { own: Fetch; others: Fetch };

/**
 * A picture of a tenant as a `data:` URL, asked for without credentials, cookies or referrer, and only where the
 * operator allowed it for that tenant. Throws `image.refused` with the reason.
 */
export const readImage = async (
  fetches: PictureFetches,
  profile: Profile,
  address: string,
  signal?: AbortSignal,
): Promise<string> => {
  if (!profile.images) throw refuse('images are turned off for this tenant');
  const url = addressOf(profile, address);
  const limit = AbortSignal.timeout(limitMs);
  try {
    const fetch = isOwn(profile.endpoint, url) ? fetches.own : fetches.others;
    const answer = await fetch(url.href, {
      method: 'GET',
      headers: { accept: formats.join(', ') },
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
      redirect: 'manual',
    });
    const type = answer.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
    if (!answer.ok || !formats.includes(type)) {
      await answer.body?.[Symbol.asyncIterator]().return?.();
      throw refuse(`the answer is ${answer.status} ${type || 'of no type'}`);
    }
    const bytes = await bytesOf(answer, largestImage, url.host);
    return `data:${type};base64,${bytes.toString('base64')}`;
  } catch (error) {
    if (error instanceof DeskError && error.code === 'image.refused') throw error;
    if (signal?.aborted) throw new DeskError('cancelled');
    throw new DeskError('image.refused', { reason: 'it could not be read' }, { cause: error });
  }
};
