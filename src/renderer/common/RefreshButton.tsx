import { IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from './IconButton';

type Props = { label?: string; loading?: boolean; onClick: () => void };

/** Asks anew for what a page shows. */
export const RefreshButton = ({ label, loading = false, onClick }: Props) => {
  const { t } = useTranslation();
  const said = label ?? t('list.refresh');
  return (
    <IconButton
      label={said}
      variant="default"
      size={30}
      data-act="refresh"
      loading={loading}
      onClick={onClick}
    >
      <IconRefresh size={15} />
    </IconButton>
  );
};
