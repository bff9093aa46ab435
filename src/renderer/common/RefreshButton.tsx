import { ActionIcon } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

type Props = { label?: string; loading?: boolean; onClick: () => void };

/** Asks anew for what a page shows. */
export const RefreshButton = ({ label, loading = false, onClick }: Props) => {
  const { t } = useTranslation();
  const said = label ?? t('list.refresh');
  return (
    <ActionIcon
      data-hint={said}
      variant="default"
      size={30}
      aria-label={said}
      data-act="refresh"
      loading={loading}
      onClick={onClick}
    >
      <IconRefresh size={15} />
    </ActionIcon>
  );
};
