import { Kbd, Menu } from '@mantine/core';
import { IconLayoutColumns, IconPin } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ContextMenu } from '../common/ContextMenu';
import type { MenuAt } from '../common/menu-at';
import { besideOf } from '../state/split';
import { splitTab, toggleSplit } from '../state/split-tabs';
import {
  closeAll,
  closeOthers,
  closeRight,
  closeTab,
  keepTab,
  moveTabBy,
  reopenTab,
  useWorkspace,
} from '../state/workspace';
import { commandOf } from './commands';

const Key = ({ of }: { of: Parameters<typeof commandOf>[0] }) => (
  <Kbd size="xs">{commandOf(of).key?.shown}</Kbd>
);

/** What can be done with a tab. */
export const TabMenu = ({ id, at, onClose }: { id: string; at: MenuAt; onClose: () => void }) => {
  const { t } = useTranslation();
  const tabs = useWorkspace((state) => state.tabs);
  const active = useWorkspace((state) => state.active);
  const split = useWorkspace((state) => state.split);
  const canReopen = useWorkspace((state) => state.gone.length > 0);
  const place = tabs.findIndex((tab) => tab.id === id);
  return (
    <ContextMenu at={at} label={t('tabs.strip')} onClose={onClose}>
      {tabs[place]?.preview && (
        <>
          <Menu.Item leftSection={<IconPin size={14} />} onClick={() => keepTab(id)}>
            {t('tabs.keep')}
          </Menu.Item>
          <Menu.Divider />
        </>
      )}
      <Menu.Item
        leftSection={<IconLayoutColumns size={14} />}
        disabled={tabs.length < 2 || besideOf(split, active) === id}
        onClick={() => splitTab(id)}
      >
        {t('tabs.beside')}
      </Menu.Item>
      {split && (
        <Menu.Item rightSection={<Key of="split" />} onClick={toggleSplit}>
          {t('tabs.unsplit')}
        </Menu.Item>
      )}
      <Menu.Divider />
      <Menu.Item rightSection={<Key of="close" />} onClick={() => closeTab(id)}>
        {t('tabs.closeThis')}
      </Menu.Item>
      <Menu.Item disabled={tabs.length < 2} onClick={() => closeOthers(id)}>
        {t('tabs.closeOthers')}
      </Menu.Item>
      <Menu.Item disabled={place === tabs.length - 1} onClick={() => closeRight(id)}>
        {t('tabs.closeRight')}
      </Menu.Item>
      <Menu.Item onClick={closeAll}>{t('tabs.closeAll')}</Menu.Item>
      <Menu.Divider />
      <Menu.Item rightSection={<Key of="reopen" />} disabled={!canReopen} onClick={reopenTab}>
        {t('tabs.reopen')}
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item
        rightSection={<Key of="moveLeft" />}
        disabled={place === 0}
        onClick={() => moveTabBy(id, -1)}
      >
        {t('tabs.moveLeft')}
      </Menu.Item>
      <Menu.Item
        rightSection={<Key of="moveRight" />}
        disabled={place === tabs.length - 1}
        onClick={() => moveTabBy(id, 1)}
      >
        {t('tabs.moveRight')}
      </Menu.Item>
    </ContextMenu>
  );
};
