import { Button, Menu } from '@mantine/core';
import { IconDots, IconPencil } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { pageResourceOf, type Resource } from '../../shared/catalog';
import type { Operation } from '../../shared/change/operations';
import { type Row, rowLabelOf, valueAt } from '../../shared/row';
import { ErrorNotice } from '../common/ErrorNotice';
import { IconButton } from '../common/IconButton';
import { errorOf } from '../link/api';
import { type ActingOn, act } from '../state/dialogs';
import { isBare, isEdit, type RowAction, rowActions, switchOf } from './actions';
import { draftKey, keepDraft, useDrafts } from './drafts';
import styles from './Form.module.css';
import { useReview } from './review';
import { useChangesState } from './state';
import { operationTitle, switchTitle } from './words';

type Props = {
  profile: string;
  /** The list that the row was opened in, and the row that that is below. */
  listed: Resource;
  parent: string | undefined;
  id: string;
  row: Row;
};

/** What a row's buttons and menu are made of. */
const useActions = ({ profile, listed, parent, id, row }: Props) => {
  const page = pageResourceOf(listed);
  const canChange = useChangesState(profile)?.access === 'read-write';
  const review = useReview();
  const actions = canChange ? rowActions(listed, page, parent) : [];
  const name = rowLabelOf(page, row);
  const give = ({ operation, parent: below }: RowAction) => {
    const on: ActingOn = { kind: 'row', id, parent: below, row, name };
    const field = switchOf(operation);
    if (isEdit(operation))
      return keepDraft(draftKey(profile, listed.id, id), {
        operation: operation.id,
        entries: {},
        isDirty: false,
      });
    if (field === null && !isBare(operation)) return act({ profile, operation: operation.id, on: [on] });
    const entries = field === null ? {} : { [field]: valueAt(row, field) !== true };
    review.mutate({ profile, operation, on, entries, row: null });
  };
  const title = (operation: Operation) => {
    const field = switchOf(operation);
    return field === null
      ? operationTitle(operation.id)
      : switchTitle(operation, valueAt(row, field) !== true);
  };
  return { actions, give, title, review };
};

/** What can be done to a row: what is done most as buttons, the rest in a menu, what takes the row away last. */
export const RowActions = (props: Props) => {
  const { t } = useTranslation();
  const { actions, give, title, review } = useActions(props);
  const isEditing = useDrafts(
    ({ drafts }) => drafts[draftKey(props.profile, props.listed.id, props.id)] !== undefined,
  );
  if (actions.length === 0 || isEditing) return null;
  const edit = actions.find(({ operation }) => isEdit(operation));
  const switches = actions.filter(({ operation }) => switchOf(operation) !== null);
  const rest = actions.filter((one) => one !== edit && !switches.includes(one));
  const removals = rest.filter(({ operation }) => operation.kind === 'delete');
  return (
    <>
      <div className={styles.actions}>
        {edit && (
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconPencil size={12} />}
            data-edits
            onClick={() => give(edit)}
          >
            {t('changing.edit')}
          </Button>
        )}
        {switches.map((one) => (
          <Button
            key={one.operation.id}
            size="compact-xs"
            variant="default"
            loading={review.isPending && review.variables.operation.id === one.operation.id}
            onClick={() => give(one)}
          >
            {title(one.operation)}
          </Button>
        ))}
        {rest.length > 0 && (
          <Menu position="bottom-start" shadow="md">
            <Menu.Target>
              <IconButton size={22} variant="default" label={t('changing.more')} loading={review.isPending}>
                <IconDots size={14} />
              </IconButton>
            </Menu.Target>
            <Menu.Dropdown className={styles.menu ?? ''}>
              {rest
                .filter((one) => !removals.includes(one))
                .map((one) => (
                  <Menu.Item key={one.operation.id} onClick={() => give(one)}>
                    {title(one.operation)}
                  </Menu.Item>
                ))}
              {removals.length > 0 && rest.length > removals.length && <Menu.Divider />}
              {removals.map((one) => (
                <Menu.Item key={one.operation.id} className={styles.removal ?? ''} onClick={() => give(one)}>
                  {title(one.operation)}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      {review.error && (
        <div className={styles.error}>
          <ErrorNotice compact error={errorOf(review.error)} profileId={props.profile} />
        </div>
      )}
    </>
  );
};
