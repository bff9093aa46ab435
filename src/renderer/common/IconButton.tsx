import { ActionIcon, type ActionIconProps } from '@mantine/core';
import type { ComponentPropsWithRef } from 'react';

type Props = ActionIconProps & ComponentPropsWithRef<'button'> & { label: string };

/** A button that is an icon: it says what it does to who rests on it, except while a menu that it opened does. */
export const IconButton = ({ label, children, ...rest }: Props) => (
  <ActionIcon
    data-hint={rest['aria-expanded'] === true ? undefined : label}
    variant="subtle"
    color="gray"
    aria-label={label}
    {...rest}
  >
    {children}
  </ActionIcon>
);
