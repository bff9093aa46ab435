import { Modal, type ModalProps } from '@mantine/core';
import { useEffectEvent, useLayoutEffect } from 'react';
import { layAbove } from './above';

/** Has Escape leave what is open above the view, while nothing is open above that. */
export const useLayer = (opened: boolean, leave: () => void): void => {
  const leaveNow = useEffectEvent(leave);
  useLayoutEffect(() => (opened ? layAbove(() => leaveNow()) : undefined), [opened]);
};

/** A dialog. Of several, Escape leaves the uppermost alone. */
export const Dialog = ({ closeOnEscape = true, ...shown }: ModalProps) => {
  useLayer(shown.opened, () => closeOnEscape && shown.onClose());
  return <Modal {...shown} closeOnEscape={false} />;
};
