import type { Icon } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import type { Profile } from '../../shared/profile';
import type { Keys } from '../common/keys';

/** Where a command is given: the tab in front, and its tenant. */
export type Place = {
  tab: string | null;
  tenant: (Pick<Profile, 'id' | 'name'> & { kind?: Profile['kind'] }) | null;
};

/**
 * What an operator can have done: palette, keys, buttons and the help read it from `commands`. A new one is an object there.
 */
export type Command = {
  id: string;
  label(t: TFunction, place: Place): string;
  icon: Icon;
  /** Words by which it is looked for, too. */
  words?(t: TFunction): string;
  /** One without Ctrl or Alt is typed into a field like any other. */
  key?: Keys;
  /** Other keys that give it, as the page names them. */
  also?: readonly string[];
  /** Whether it can be given there; absent: everywhere. */
  when?(place: Place): boolean;
  do(place: Place): void;
  /** It is given over a dialog, too. */
  isUrgent?: boolean;
  /** It is not listed in the palette, which is itself one. */
  isKeyOnly?: boolean;
};

/** What is done with the tab in front. */
export const forTab = (act: (tab: string) => void) => ({
  when: ({ tab }: Place) => tab !== null,
  do: ({ tab }: Place) => tab && act(tab),
});

/** What is done for the tenant in front. */
export const forTenant = (act: (tenant: string) => void) => ({
  when: ({ tenant }: Place) => tenant !== null,
  do: ({ tenant }: Place) => tenant && act(tenant.id),
});
