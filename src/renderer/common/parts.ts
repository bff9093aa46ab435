import { DeskError, type ErrorValue, errorValueOf } from '../../shared/errors';

/** A part of the program that did not come, as browsers and the bundler say it. */
const didNotCome = /dynamically imported module|importing a module script failed|unable to preload css/i;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What a part of the page threw while it was drawn, or fetched. */
export const thrownBy = (error: unknown): ErrorValue => {
  if (error instanceof DeskError) return errorValueOf(error);
  const reason = messageOf(error);
  return didNotCome.test(reason)
    ? { code: 'network.interrupted', detail: { where: 'Logto Desk' } }
    : { code: 'page.part', detail: { reason } };
};

/** Why a part did not come: one that is not there any more belongs to a program that was replaced, and never comes. */
export const whyNot = async (error: unknown): Promise<unknown> => {
  const reason = messageOf(error);
  // The desktop's page asks nobody, and its program is replaced only while it does not run.
  const mayAsk = !window.desk && didNotCome.test(reason);
  const [address] = (mayAsk && /\w+:\/\/\S+/.exec(reason)) || [];
  const answer = address && (await fetch(address, { method: 'HEAD', cache: 'no-store' }).catch(() => null));
  return answer && answer.status === 404 ? new DeskError('program.replaced') : error;
};

/**
 * Has style sheets that did not come asked for again with their part: whoever asks takes one that stands in the page for
 * there. To be called once.
 */
export const forgetFailedSheets = (): void =>
  document.addEventListener(
    'error',
    ({ target }) => {
      if (target instanceof HTMLLinkElement) target.remove();
    },
    { capture: true },
  );
