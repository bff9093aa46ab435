import { findResource, pageResourceOf, resourceOf } from '../../shared/catalog/index.ts';
import type { Operation } from '../../shared/change/operations/operation.ts';
import type { PlanWanted, Selection } from '../../shared/change/plan.ts';
import type { OnStep } from '../../shared/change/planning.ts';
import { isComplete } from '../../shared/complete.ts';
import { DeskError } from '../../shared/errors.ts';
import { pastedOf } from '../../shared/pasted.ts';
import { queryResource } from '../../shared/query.ts';
import { rowIdOf, rowLabelOf, unreadableOf } from '../../shared/row.ts';
import { withReturn } from '../base/with-return.ts';
import type { Pages } from '../tenants/pages.ts';
import type { PlanItem } from './plan.ts';
import { operationOf } from './plan-about.ts';

type Found = Pick<PlanItem, 'target'> & Partial<Pick<PlanItem, 'refused' | 'line'>>;

type How = { signal?: AbortSignal; onStep?: OnStep };

const cut = (label: string) => label.slice(0, 256);

/** Every row of a view. Throws `changes.incomplete` where some may lack. */
const ofView = async (
  pages: Pages,
  resource: string,
  { query }: Extract<Selection, { kind: 'view' }>,
  { signal, onStep }: How,
): Promise<Found[]> => {
  const list = queryResource(query);
  if (list.id !== resource && pageResourceOf(list).id !== resource)
    throw new DeskError('changes.operation', { where: list.id, reason: `its rows are not ${resource}` });
  const source = await pages.source({ query });
  const batches = withReturn(source.read({ query, signal: signal ?? new AbortController().signal }));
  const found: Found[] = [];
  for await (const { rows } of batches) {
    for (const row of rows) {
      const id = rowIdOf(list, row);
      if (unreadableOf(row) || id === '') throw new DeskError('changes.incomplete', { where: list.id });
      const parent = list.id === resource ? (query.parent ?? '') : '';
      found.push({ target: { resource, id, parent, label: cut(rowLabelOf(list, row)) } });
    }
    onStep?.({ stage: 'rows', count: found.length, total: null });
  }
  if (!isComplete(batches.returned)) throw new DeskError('changes.incomplete', { where: list.id });
  return found;
};

/** Users of a pasted list; what is nobody, or several, is refused with its line. */
const ofPasted = async (
  pages: Pages,
  profile: string,
  text: string,
  signal: AbortSignal | undefined,
): Promise<Found[]> => {
  const { entries, labels } = await pages.find(profile, text, {
    mirrored: false,
    ...(signal ? { signal } : {}),
  });
  const met = new Set<string>();
  const mayBeId = new Set(
    pastedOf(text).entries.flatMap((entry) => (entry.fields.includes('id') ? [entry.text] : [])),
  );
  return entries.flatMap(({ text: written, line, ids, unread }): Found[] => {
    const target = { resource: 'users', id: '', parent: '', label: cut(written) };
    // Whom the server fails on is told by the ID alone: whether that can be, is seen where it is looked at.
    if (unread && mayBeId.has(written)) return [{ target: { ...target, id: written }, line }];
    if (unread) return [{ target, line, refused: { guard: 'not-read-completely', about: written } }];
    const [id, ...others] = ids;
    if (id === undefined) return [{ target, line, refused: { guard: 'not-found', about: written } }];
    if (others.length > 0) return [{ target, line, refused: { guard: 'several-found', about: written } }];
    // Two writings of one user are one change.
    if (met.has(id)) return [];
    met.add(id);
    return [{ target: { ...target, id, label: cut(labels[id] ?? written) }, line }];
  });
};

/** Names of objects, by their ids; none where they cannot be read. */
const namesOf = (
  pages: Pages,
  profile: string,
  resource: string,
  ids: readonly string[],
): Promise<Awaited<ReturnType<Pages['names']>>> => {
  const known = findResource(resource) ?? resourceOf('users');
  return pages.names(profile, pageResourceOf(known).id, ids).catch(() => ({}));
};

/** True of an item whose first look is at its object: that tells the name. */
const readsItself = ({ operation, target, values }: PlanItem): boolean => {
  try {
    const [look] = operationOf(operation).looks({ target, after: values });
    return look === undefined || look.path === findResource(target.resource)?.itemPath;
  } catch (error) {
    // What is not an ID is refused, whatever it is called.
    if (error instanceof DeskError && error.code === 'id.invalid') return true;
    throw error;
  }
};

/** Items with the names that the tenant has for their objects, of operations that do not read the object itself. */
export const calledAnew = async (
  pages: Pages,
  profile: string,
  items: readonly PlanItem[],
): Promise<PlanItem[]> => {
  const isUncalled = (item: PlanItem) =>
    item.target.id !== '' && item.target.label === '' && !readsItself(item);
  const named = new Map<string, Awaited<ReturnType<typeof namesOf>>>();
  for (const [resource, some] of Map.groupBy(items.filter(isUncalled), ({ target }) => target.resource)) {
    const ids = [...new Set(some.map(({ target }) => target.id))];
    named.set(resource, await namesOf(pages, profile, resource, ids));
  }
  return items.map((item) => {
    const { target } = item;
    const name = target.label === '' ? named.get(target.resource)?.[target.id] : undefined;
    return name === undefined || name === null ? item : { ...item, target: { ...target, label: cut(name) } };
  });
};

/** The objects that a plan is asked for. Throws `changes.incomplete`, `changes.operation`, `query.invalid`. */
export const targetsOf = async (
  pages: Pages,
  { profile, on }: Pick<PlanWanted, 'profile' | 'on'>,
  { resource }: Pick<Operation, 'resource'>,
  how: How = {},
): Promise<Found[]> => {
  switch (on.kind) {
    case 'new':
      return [{ target: { resource, id: '', parent: on.parent, label: '' } }];
    case 'view':
      return ofView(pages, resource, on, how);
    case 'pasted':
      if (resource !== 'users') throw new DeskError('changes.operation', { where: resource });
      return ofPasted(pages, profile, on.text, how.signal);
    case 'ids': {
      const ids = [...new Set(on.ids)];
      const names = await namesOf(pages, profile, resource, ids);
      return ids.map((id) => ({
        target: { resource, id, parent: on.parent, label: cut(names[id] ?? '') },
      }));
    }
  }
};
