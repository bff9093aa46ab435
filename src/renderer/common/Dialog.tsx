import { getDefaultZIndex, Modal, type ModalProps } from '@mantine/core';
import { useEffectEvent, useLayoutEffect, useState } from 'react';
import { layAbove } from './above';

/** Has Escape leave what is open above the view, while nothing is open above that. Gives how high it has to be drawn, from 0. */
export const useLayer = (opened: boolean, leave: () => void): number => {
  const leaveNow = useEffectEvent(leave);
  // One that closed fades out where it was.
  const [level, setLevel] = useState(0);
  useLayoutEffect(() => {
    if (!opened) return;
    const layer = layAbove(() => leaveNow());
    setLevel(layer.level);
    return layer.end;
  }, [opened]);
  return level;
};

/** A dialog. Of several, the one that opened last is uppermost, and Escape leaves that alone. */
export const Dialog = ({ closeOnEscape = true, ...shown }: ModalProps) => {
  const level = useLayer(shown.opened, () => closeOnEscape && shown.onClose());
  return <Modal zIndex={getDefaultZIndex('modal') + level} {...shown} closeOnEscape={false} />;
};
