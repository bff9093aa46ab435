import { Menu } from '@mantine/core';
import { IconCode, IconShare2 } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { type CopyForm, copyAs, copyForms } from '../../shared/copy-as';
import type { Query } from '../../shared/query';
import { CommandItem } from '../commands/CommandItem';
import { commandOf } from '../commands/commands';
import { useHere } from '../commands/place';
import { copyAndSay } from '../common/copy-link';
import { api } from '../link/api';
import { useCapabilities } from '../state/capabilities';
import type { KnownProfile } from '../state/profiles';
import { Tool } from './Tool';

/** Takes the view elsewhere: as a link that another Logto Desk opens, or as code that asks for the same. */
export const CopyMenu = memo(
  ({ shownQuery, profile }: { shownQuery: () => Query; profile: KnownProfile }) => {
    const { t } = useTranslation();
    const here = useHere();
    const found = useCapabilities(profile);
    /** Code is given ids, as the API takes no names; where they cannot be looked up now, what was typed. */
    const copyCode = async (form: CopyForm) => {
      const query = shownQuery();
      const named = await api.list.named.query({ query }).catch(() => query);
      await copyAndSay(
        copyAs(form, profile, named, { now: Date.now(), bounds: found?.timeBounds ?? undefined }),
      );
    };
    return (
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <Tool label={t('list.share')} word={t('list.shareWord')} icon={IconShare2} />
        </Menu.Target>
        <Menu.Dropdown>
          <CommandItem of={commandOf('views')} at={here} />
          <CommandItem of={commandOf('link')} at={here} />
          <Menu.Label>{t('list.copyAs')}</Menu.Label>
          {copyForms.map((form) => (
            <Menu.Item key={form} leftSection={<IconCode size={14} />} onClick={() => void copyCode(form)}>
              {t(`list.copyForms.${form}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    );
  },
);
