import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconPencilCog, IconPlus } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { resourceOf } from '../../shared/catalog';
import type { Operation } from '../../shared/change/operations';
import type { Query } from '../../shared/query';
import { CommandItem } from '../commands/CommandItem';
import { commandOf } from '../commands/commands';
import { useHere } from '../commands/place';
import { type ActingOn, act } from '../state/dialogs';
import { bulkActions, createOf } from './actions';
import styles from './Form.module.css';
import { useChangesState } from './state';
import { operationTitle } from './words';

type Props = {
  query: Query;
  /** Rows that are selected, by their ids. */
  picked: readonly { id: string }[];
  /** Rows of the view, as text. */
  total: string;
};

/** What can be done to the rows of a list: to those that are selected, to all of the view, to those of a pasted list. */
export const ListActions = memo(({ query, picked, total }: Props) => {
  const { t } = useTranslation();
  const here = useHere();
  const canChange = useChangesState(query.profile)?.access === 'read-write';
  const listed = resourceOf(query.resource);
  const bulk = canChange ? bulkActions(listed.id) : [];
  const create = canChange ? createOf(listed.id) : undefined;
  if (bulk.length === 0 && !create) return null;
  const parentOf = ({ resource }: Operation) =>
    resource === listed.id && listed.parent ? (query.parent ?? '') : '';
  const onOf = (operation: Operation): [ActingOn, ...ActingOn[]] => {
    const view: ActingOn = { kind: 'view', query, total };
    const ids = picked.map(({ id }) => id);
    const pasted: ActingOn[] = operation.resource === 'users' ? [{ kind: 'pasted', text: '' }] : [];
    return ids.length > 0
      ? [{ kind: 'ids', ids, parent: parentOf(operation) }, view, ...pasted]
      : [view, ...pasted];
  };
  const item = (operation: Operation) => (
    <Menu.Item
      key={operation.id}
      {...(operation.kind === 'delete' ? { className: styles.removal ?? '' } : {})}
      onClick={() => act({ profile: query.profile, operation: operation.id, on: onOf(operation) })}
    >
      {operationTitle(operation.id)}
    </Menu.Item>
  );
  const removals = bulk.filter(({ kind }) => kind === 'delete');
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconPencilCog size={14} />}
          rightSection={<IconChevronDown size={12} />}
        >
          {picked.length > 0 ? t('changing.actionsOn', { count: picked.length }) : t('changing.actions')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={styles.menu ?? ''}>
        {create && (
          <Menu.Item
            leftSection={<IconPlus size={14} />}
            onClick={() =>
              act({
                profile: query.profile,
                operation: create.id,
                on: [{ kind: 'new', parent: parentOf(create) }],
              })
            }
          >
            {operationTitle(create.id)}
          </Menu.Item>
        )}
        {create && bulk.length > 0 && <Menu.Divider />}
        {bulk.length > 0 && (
          <Menu.Label>
            {picked.length > 0
              ? t('changing.forSelected', { count: picked.length })
              : t('changing.forAll', { total })}
          </Menu.Label>
        )}
        {bulk.filter((operation) => !removals.includes(operation)).map(item)}
        {removals.length > 0 && <Menu.Divider />}
        {removals.map(item)}
        <Menu.Divider />
        <CommandItem of={commandOf('import')} at={here} isOptional />
        <CommandItem of={commandOf('planFile')} at={here} />
      </Menu.Dropdown>
    </Menu>
  );
});
