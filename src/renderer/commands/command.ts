import type { Icon } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import type { Profile } from '../../shared/profile';
import type { Keys } from '../common/keys';

/** Where a command is given: in a tab, and for its tenant. */
export type Place = {
  tab: string | null;
  tenant: (Pick<Profile, 'id' | 'name'> & { kind?: Profile['kind'] }) | null;
  /** The list whose view has the button or menu that gives it. */
  list?: string;
  /** The column that it is given on. */
  column?: string;
  /** The key that gives it, as the page names it. */
  code?: string;
};

/**
 * What an operator can have done: palette, keys, their help, buttons and menus read it. A new one is an object in a list that
 * `commands.ts` joins; one of a part of a view (`At`: a cell, say) stands in that part's own list.
 */
export type Command<At = Place> = {
  id: string;
  label(t: TFunction, at: At): string;
  icon: Icon;
  /** What it is called in a menu that says the rest. */
  word?(t: TFunction): string;
  /** Words by which it is looked for, too. */
  words?(t: TFunction): string;
  /** One without Ctrl or Alt is typed into a field like any other. */
  key?: Keys;
  /** Other keys that give it, as the page names them. */
  also?: readonly string[];
  /** Whether it can be given there; absent: everywhere. */
  when?(at: At): boolean;
  do(at: At): void;
  /** It is given over a dialog, too. */
  isUrgent?: boolean;
  /** The palette does not list it: it is itself one, or belongs where it is shown. */
  isUnlisted?: boolean;
};

/** Whether a command can be given there. */
export const canGive = <At>({ when }: Pick<Command<At>, 'when'>, at: At): boolean => when?.(at) ?? true;

/** What is done with a tab. */
export const forTab = (act: (tab: string) => void) => ({
  when: ({ tab }: Place) => tab !== null,
  do: ({ tab }: Place) => tab && act(tab),
});

type Tenant = NonNullable<Place['tenant']>;

/** What is done for a tenant; `isSo`: for which it can be. */
export const forTenant = (act: (tenant: string) => void, isSo: (tenant: Tenant) => boolean = () => true) => ({
  when: ({ tenant }: Place) => tenant !== null && isSo(tenant),
  do: ({ tenant }: Place) => tenant && act(tenant.id),
});
