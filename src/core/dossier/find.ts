import { DeskError } from '../../shared/errors.ts';
import { onOneLine } from '../../shared/shown.ts';
import type { FoundList } from '../rows/find.ts';

/** Users that a refusal names. */
const mostNamed = 10;

/**
 * The id of the one user that a text means: an id, an email, a username or a phone. `find` looks up a list. Throws
 * `dossier.nobody`, `dossier.several` with who they are, `dossier.unread` where the server fails on who it may be.
 */
export const findOne = async (text: string, find: (list: string) => Promise<FoundList>): Promise<string> => {
  const { entries, labels } = await find(text);
  const ids = [...new Set(entries.flatMap((entry) => entry.ids))];
  const [id] = ids;
  const where = onOneLine(text.trim());
  if (ids.length > 1 || entries.length > 1) {
    const who = ids.slice(0, mostNamed).map((one) => `${one} (${onOneLine(labels[one] ?? one)})`);
    const reason = [...who, ...(ids.length > mostNamed ? ['…'] : [])].join(', ');
    throw new DeskError('dossier.several', { where, ...(reason ? { reason } : {}) });
  }
  if (id === undefined)
    throw new DeskError(entries.some(({ unread }) => unread) ? 'dossier.unread' : 'dossier.nobody', {
      where,
    });
  return id;
};
