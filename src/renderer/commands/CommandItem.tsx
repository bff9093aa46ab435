import { Kbd, Menu, type MenuItemProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Command, canGive } from './command';

type Props<At> = {
  of: Command<At>;
  at: At;
  /** Where it cannot be given, the menu has none of it. */
  isOptional?: boolean;
  /** Its key does something else there. */
  isKeyless?: boolean;
} & Pick<MenuItemProps, 'fw'>;

/** A command in a menu; where it cannot be given, it is seen to be there all the same. */
export const CommandItem = <At,>({ of, at, isOptional = false, isKeyless = false, ...rest }: Props<At>) => {
  const { t } = useTranslation();
  const { label, word, icon: Icon, key, do: act } = of;
  const isGiven = canGive(of, at);
  if (isOptional && !isGiven) return null;
  return (
    <Menu.Item
      leftSection={<Icon size={14} />}
      rightSection={key && !isKeyless && <Kbd size="xs">{key.shown}</Kbd>}
      disabled={!isGiven}
      onClick={() => act(at)}
      {...rest}
    >
      {word?.(t) ?? label(t, at)}
    </Menu.Item>
  );
};
