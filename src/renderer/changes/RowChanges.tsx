import type { ReactNode } from 'react';
import type { Resource } from '../../shared/catalog';
import { findOperation } from '../../shared/change/operations';
import { type Row, rowLabelOf } from '../../shared/row';
import { draftKey, useDrafts } from './drafts';
import { RowActions } from './RowActions';
import { RowEdit } from './RowEdit';

type Props = {
  profile: string;
  /** The list that the row was opened in, and the row that that is below. */
  listed: Resource;
  parent: string | undefined;
  page: Resource;
  id: string;
  row: Row;
  /** The row is as its own page has it, not only as a list does. */
  isWhole: boolean;
  children: ReactNode;
};

/** What can be done to a row above what is known of it; while it is edited, the form in the place of that. */
export const RowChanges = ({ profile, listed, parent, page, id, row, isWhole, children }: Props) => {
  const key = draftKey(profile, listed.id, id);
  const editing = useDrafts(({ drafts }) => drafts[key]?.operation);
  const operation = editing ? findOperation(editing) : undefined;
  if (operation && isWhole)
    return (
      <RowEdit
        draft={key}
        profile={profile}
        operation={operation}
        id={id}
        parent={operation.resource === listed.id ? (parent ?? '') : ''}
        name={rowLabelOf(page, row)}
        row={row}
      />
    );
  return (
    <>
      <RowActions profile={profile} listed={listed} parent={parent} id={id} row={row} />
      {children}
    </>
  );
};
