import { Alert, Button, Group, Stack } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorValue } from '../../shared/errors';
import { ErrorNotice } from './ErrorNotice';

type Props = {
  label: string;
  /** The question, and what is lost. */
  title: string;
  text: string;
  error: ErrorValue | null;
  isPending: boolean;
  onRemove: () => void;
};

/** Removes what cannot be brought back: it is asked first, and what a key does then by itself is nothing. */
export const AskedTwice = ({ label, title, text, error, isPending, onRemove }: Props) => {
  const { t } = useTranslation();
  const [asking, setAsking] = useState<boolean | null>(null);
  const stay = useRef<HTMLButtonElement>(null);
  const ask = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    if (asking !== null) (asking ? stay : ask).current?.focus();
  }, [asking]);
  if (!asking)
    return (
      <Button
        ref={ask}
        variant="subtle"
        color="red"
        leftSection={<IconTrash size={14} />}
        onClick={() => setAsking(true)}
        style={{ alignSelf: 'flex-start' }}
      >
        {label}
      </Button>
    );
  return (
    <Alert color="red" variant="light" p="xs" title={title} w="100%">
      <Stack gap="2xs">
        {text}
        {error && <ErrorNotice compact error={error} />}
        <Group gap="2xs">
          <Button color="red.9" onClick={onRemove} loading={isPending}>
            {t('common.remove')}
          </Button>
          <Button ref={stay} variant="default" disabled={isPending} onClick={() => setAsking(false)}>
            {t('common.cancel')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
};
