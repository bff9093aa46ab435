import { Button, type ButtonProps } from '@mantine/core';
import type { ComponentPropsWithRef } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../common/IconButton';
import type { Command } from './command';
import { useHere } from './place';

type IconProps = Omit<ComponentPropsWithRef<typeof IconButton>, 'label' | 'children'> & {
  of: Command;
  iconSize?: number;
};

/** A command of the view that it stands in, as an icon. */
export const ViewIconButton = ({ of, iconSize = 16, ...rest }: IconProps) => {
  const { t } = useTranslation();
  const here = useHere();
  return (
    <IconButton label={of.label(t, here)} data-command={of.id} onClick={() => of.do(here)} {...rest}>
      <of.icon size={iconSize} />
    </IconButton>
  );
};

type WordProps = Omit<ButtonProps & ComponentPropsWithRef<'button'>, 'children'> & { of: Command };

/** A command of the view that it stands in, as its icon and its words. */
export const ViewButton = ({ of, ...rest }: WordProps) => {
  const { t } = useTranslation();
  const here = useHere();
  return (
    <Button
      variant="default"
      leftSection={<of.icon size={14} />}
      data-command={of.id}
      onClick={() => of.do(here)}
      {...rest}
    >
      {of.label(t, here)}
    </Button>
  );
};
