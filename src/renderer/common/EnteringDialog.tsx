import { Button, Group, Stack, Text } from '@mantine/core';
import { type ReactNode, type RefObject, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { closeDialogs } from '../state/dialogs';
import { holdUnsent } from '../state/unsent';
import { Dialog } from './Dialog';

type DiscardProps = { title: string; text: string; onStay: () => void; onDiscard: () => void };

/** Asks before entries are thrown away. */
export const DiscardDialog = ({ title, text, onStay, onDiscard }: DiscardProps) => {
  const { t } = useTranslation();
  return (
    <Dialog
      opened
      onClose={onStay}
      size={380}
      title={title}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack gap="md">
        <Text size="sm">{text}</Text>
        <Group gap="2xs" justify="flex-end">
          <Button variant="default" data-autofocus onClick={onStay}>
            {t('changing.keepEditing')}
          </Button>
          <Button color="red.9" onClick={onDiscard}>
            {t('changing.discard')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
};

/** Tells the dialog around a form whether closing it would lose anything. */
export const useEntered = (entered: RefObject<boolean>, isEntered: boolean): void =>
  useEffect(() => {
    entered.current = isEntered;
    const ended = isEntered ? holdUnsent() : undefined;
    return () => {
      entered.current = false;
      ended?.();
    };
  }, [entered, isEntered]);

type Props = {
  opened: boolean;
  size: number;
  title: ReactNode;
  /** Whether anything was entered that would be lost. */
  entered: RefObject<boolean>;
  discardTitle: string;
  discardText: string;
  keepMounted?: boolean;
  closeOnClickOutside?: boolean;
  children: ReactNode;
};

/** A dialog in which something is entered: it is thrown away only when that is meant. */
export const EnteringDialog = ({ opened, entered, discardTitle, discardText, children, ...shown }: Props) => {
  const { t } = useTranslation();
  const [isLeaving, setLeaving] = useState(false);
  // The question is of what was open, not of what opens next.
  if (isLeaving && !opened) setLeaving(false);
  return (
    <>
      <Dialog
        {...shown}
        opened={opened}
        onClose={() => (entered.current ? setLeaving(true) : closeDialogs())}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {children}
      </Dialog>
      {isLeaving && (
        <DiscardDialog
          title={discardTitle}
          text={discardText}
          onStay={() => setLeaving(false)}
          onDiscard={closeDialogs}
        />
      )}
    </>
  );
};
