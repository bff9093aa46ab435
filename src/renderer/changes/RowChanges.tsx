import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Resource } from '../../shared/catalog';
import { findOperation } from '../../shared/change/operations';
import { type Row, rowLabelOf } from '../../shared/row';
import { ErrorNotice } from '../common/ErrorNotice';
import { api, errorOf } from '../link/api';
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

type EditProps = Omit<Parameters<typeof RowEdit>[0], 'row'> & { list: string };

/** The same where what is edited is in a list of its own below the row (`Operation.edits`). */
const PartEdit = ({ list, ...props }: EditProps) => {
  const { profile, id } = props;
  const { t } = useTranslation();
  const query = { profile, resource: list, parent: id, filters: {} };
  const { data, error, refetch } = useQuery({
    queryKey: ['edited', profile, list, id],
    queryFn: ({ signal }) => api.list.page.query({ query, index: 0 }, { signal }),
    // What is edited is what is there now.
    gcTime: 0,
    staleTime: 0,
  });
  const [row] = data?.rows ?? [];
  if (row) return <RowEdit {...props} row={row} />;
  return error ? (
    <ErrorNotice compact error={errorOf(error)} onRetry={() => void refetch()} profileId={profile} />
  ) : (
    <p role="status">{t('app.loading')}</p>
  );
};

/** What can be done to a row above what is known of it; while it is edited, the form in the place of that. */
export const RowChanges = ({ profile, listed, parent, page, id, row, isWhole, children }: Props) => {
  const key = draftKey(profile, listed.id, id);
  const editing = useDrafts(({ drafts }) => drafts[key]?.operation);
  const operation = editing ? findOperation(editing) : undefined;
  const edit = {
    draft: key,
    profile,
    id,
    parent: operation?.resource === listed.id ? (parent ?? '') : '',
    name: rowLabelOf(page, row),
  };
  if (operation && isWhole)
    return operation.edits ? (
      <PartEdit {...edit} operation={operation} list={operation.edits} />
    ) : (
      <RowEdit {...edit} operation={operation} row={row} />
    );
  return (
    <>
      <RowActions profile={profile} listed={listed} parent={parent} id={id} row={row} />
      {children}
    </>
  );
};
