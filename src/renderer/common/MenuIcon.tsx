import { ActionIcon, type ActionIconProps } from '@mantine/core';
import type { ComponentPropsWithRef } from 'react';

type Props = ActionIconProps & ComponentPropsWithRef<'button'> & { label: string };

/** An icon that opens a menu: what it does, except while the menu says it. */
export const MenuIcon = ({ label, children, ...rest }: Props) => (
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
