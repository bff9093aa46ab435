import type { createCore } from '../core/core.ts';
import { endingInWords, longEndings } from '../shared/ended-jobs.ts';
import { createPhrases } from '../shared/phrases/index.ts';
import { shownText } from '../shared/shown.ts';
import type { Electron } from './electron.ts';

type Core = ReturnType<typeof createCore>;
type Told = InstanceType<Electron['Notification']>;

type Parts = {
  core: Pick<Core, 'lock' | 'tenants'> & { jobs: Pick<Core['jobs'], 'watch'> };
  Notification: Electron['Notification'];
  /** A window of the program is the one that the operator works in. */
  isInFront: () => boolean;
  /** Brings a window to the front. */
  show: () => void;
};

/**
 * Tells through the system when long work ends while no window is in front; a click brings one there. The tenant is named
 * unless the program is locked. Runs until the signal is aborted.
 */
export const tellEndings = async (
  { core, Notification, isInFront, show }: Parts,
  signal?: AbortSignal,
): Promise<void> => {
  if (!Notification.isSupported()) return;
  const { t } = createPhrases();
  const endingsOf = longEndings();
  // One that nobody holds is collected, and its click with it.
  const held = new Set<Told>();
  for await (const jobs of core.jobs.watch(signal)) {
    for (const job of endingsOf(jobs)) {
      if (isInFront()) continue;
      const tenant = await core.tenants.profile(job.profile).catch(() => null);
      const ending = endingInWords(t, job);
      const name = core.lock.isClosed ? '' : shownText(tenant?.name ?? '');
      // In the title: of a body Linux takes marks, such as links and pictures, and a name may come in somebody's file.
      const told = new Notification({ title: name ? `${ending} · ${name}` : ending });
      held.add(told);
      told.on('click', () => {
        held.delete(told);
        show();
      });
      told.on('close', () => held.delete(told));
      told.show();
    }
  }
};
