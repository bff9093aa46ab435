import { ActionIcon, type ActionIconProps, Tooltip } from '@mantine/core';
import type { ComponentPropsWithRef } from 'react';

type Props = ActionIconProps & ComponentPropsWithRef<'button'> & { label: string };

/** An icon that opens a menu: what it does, except while the menu says it. */
export const MenuIcon = ({ label, children, ...rest }: Props) => (
  <Tooltip label={label} disabled={rest['aria-expanded'] === true}>
    <ActionIcon variant="subtle" color="gray" aria-label={label} {...rest}>
      {children}
    </ActionIcon>
  </Tooltip>
);
