import { Checkbox, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Along, requestsOfUser } from '../../shared/catalog';

/** What is read along with lists; `hasUsers`: users are among them. */
export const AlongChoice = ({
  along,
  onChange,
  disabled = false,
  hasUsers,
}: {
  along: Along;
  onChange: (along: Along) => void;
  disabled?: boolean;
  hasUsers: boolean;
}) => {
  const { t } = useTranslation();
  const { below, belowUsers } = along;
  return (
    <Stack gap="3xs">
      <Checkbox
        size="xs"
        label={t('mirror.below')}
        checked={below}
        disabled={disabled}
        onChange={(event) => onChange({ ...along, below: event.currentTarget.checked })}
      />
      <Checkbox
        size="xs"
        label={t('mirror.belowUsers', { count: requestsOfUser })}
        checked={below && belowUsers && hasUsers}
        disabled={disabled || !below || !hasUsers}
        onChange={(event) => onChange({ ...along, belowUsers: event.currentTarget.checked })}
      />
    </Stack>
  );
};
