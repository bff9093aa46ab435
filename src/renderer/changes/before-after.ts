import { differences } from '../../shared/change/merge';
import type { OperationKind } from '../../shared/change/operations';
import { hiddenText, secretRefOf, withHiddenShown } from '../../shared/change/secrets';

/** A field of a change, as it was and as it shall be. `ids`: what is added to a set, or taken from it. */
export type Line = { path: string; before: unknown; after: unknown };

/** What a change does, field by field. Ids that a set has both before and after get no line. */
export const linesOf = (
  { before, after }: { before: Readonly<Record<string, unknown>>; after: Readonly<Record<string, unknown>> },
  kind: OperationKind | undefined,
): Line[] => {
  if (kind !== 'delete' && kind !== 'remove') return differences(before, after);
  const how = Object.fromEntries(Object.entries(after).filter(([path]) => !(path in before)));
  // Of what is deleted or taken away, what is known of it goes; the rest says how.
  return [...taken(before), ...differences({}, how)];
};

/** True of what goes: of a change that takes away, and a part of an object that is there no more. */
export const isTaken = (kind: OperationKind | undefined, { path, after }: Line): boolean =>
  (kind === 'delete' || kind === 'remove' || path.includes('.')) && after === undefined;

const taken = (before: Readonly<Record<string, unknown>>): Line[] =>
  Object.keys(before).flatMap((path) =>
    shownValue(before[path]).kind === 'none' ? [] : [{ path, before: before[path], after: undefined }],
  );

export type ShownValue =
  | { kind: 'none' }
  | { kind: 'secret'; where: 'entered' | 'present' | 'saved' | 'file' }
  | { kind: 'unread' }
  | { kind: 'text'; text: string }
  | { kind: 'json'; text: string }
  | { kind: 'ids'; ids: string[] };

/** A value as it is shown. */
export const shownValue = (value: unknown, isIds = false): ShownValue => {
  if (value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0))
    return { kind: 'none' };
  const ref = secretRefOf(value);
  if (ref?.secret === 'unread') return { kind: 'unread' };
  if (ref)
    return ref.secret === 'hidden'
      ? { kind: 'text', text: hiddenText(ref) }
      : { kind: 'secret', where: ref.secret };
  if (Array.isArray(value) && value.every((one) => typeof one === 'string'))
    return isIds ? { kind: 'ids', ids: value } : { kind: 'text', text: value.join('\n') };
  if (typeof value === 'object')
    return { kind: 'json', text: JSON.stringify(withHiddenShown(value), null, 2) };
  return isIds && typeof value === 'string'
    ? { kind: 'ids', ids: [value] }
    : { kind: 'text', text: String(value) };
};
