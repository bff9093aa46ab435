import { closeThese, dialogIds, dialogsNow } from '../state/dialogs';
import { queries } from '../state/queries';
import { forgetSeen } from '../state/seen-lists';
import { forgetNames } from './names';

const names = (value: unknown, id: string): boolean =>
  value === id ||
  (typeof value === 'object' && value !== null && Object.values(value).some((part) => names(part, id)));

/** Forgets what was answered of a tenant that was removed, and closes what is open for it. */
export const forgetTenant = (id: string) => {
  const open = dialogsNow();
  const itsOwn = dialogIds.filter((dialog) => names(open[dialog], id));
  // To close nothing is nothing that the operator did.
  if (itsOwn.length > 0) closeThese(itsOwn);
  forgetSeen(id);
  forgetNames(id);
  queries.removeQueries({ predicate: ({ queryKey }) => names(queryKey, id) });
};

/** The same of one that may be at another address now; what is on the screen is asked for anew. */
export const tenantChanged = async (id: string) => {
  forgetSeen(id);
  forgetNames(id);
  queries.removeQueries({ type: 'inactive', predicate: ({ queryKey }) => names(queryKey, id) });
  const isProfiles = ({ queryKey }: { queryKey: readonly unknown[] }) => queryKey[0] === 'profiles';
  // What other views ask of slow servers is waited for by nobody here.
  void queries.invalidateQueries({ predicate: (query) => !isProfiles(query) });
  await queries.invalidateQueries({ queryKey: ['profiles'] });
};
