import { Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CommandItem } from '../commands/CommandItem';
import { type Command, canGive } from '../commands/command';
import { commandOf } from '../commands/commands';
import { ContextMenu } from '../common/ContextMenu';
import type { MenuAt } from '../common/menu-at';
import { useProfile } from '../state/profiles';
import { tabQuery, useWorkspace } from '../state/workspace';

/** What can be done with a tab. */
export const TabMenu = ({ id, at, onClose }: { id: string; at: MenuAt; onClose: () => void }) => {
  const { t } = useTranslation();
  const tab = useWorkspace(({ tabs }) => tabs.find((one) => one.id === id));
  const isSplit = useWorkspace((state) => state.split !== undefined);
  const tenant = useProfile((tab && tabQuery(tab)?.profile) ?? undefined);
  const place = { tab: id, tenant: tenant ?? null };
  const item = (of: Command) => <CommandItem of={of} at={place} />;
  const keep = commandOf('keep');
  return (
    <ContextMenu at={at} label={t('tabs.strip')} onClose={onClose}>
      {canGive(keep, place) && (
        <>
          {item(keep)}
          <Menu.Divider />
        </>
      )}
      {item(commandOf('beside'))}
      {isSplit && item(commandOf('split'))}
      <Menu.Divider />
      {item(commandOf('close'))}
      {item(commandOf('closeOthers'))}
      {item(commandOf('closeRight'))}
      {item(commandOf('closeAll'))}
      <Menu.Divider />
      {item(commandOf('reopen'))}
      <Menu.Divider />
      {item(commandOf('moveLeft'))}
      {item(commandOf('moveRight'))}
    </ContextMenu>
  );
};
