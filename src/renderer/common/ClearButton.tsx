import { CloseButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Empties a box with text in it; nothing where there is none. */
export const ClearButton = ({ text, onClear }: { text: string; onClear: () => void }) => {
  const { t } = useTranslation();
  return text ? <CloseButton size="xs" aria-label={t('list.clear')} onClick={onClear} /> : null;
};
