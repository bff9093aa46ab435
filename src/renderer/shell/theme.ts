import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useEffect, useInsertionEffect } from 'react';
import { usePreferences } from '../state/preferences';

const schemeOf = { system: 'auto', light: 'light', dark: 'dark' } as const;

/** The chosen theme, applied to shell and grid; the system's unless the user chose one. */
export const useTheme = () => {
  const { setColorScheme } = useMantineColorScheme();
  const computed = useComputedColorScheme('light');
  const choice = usePreferences().preferences?.theme;
  useEffect(() => {
    if (choice) setColorScheme(schemeOf[choice]);
  }, [choice, setColorScheme]);
  // Before any grid of the same moment is made: it would be made in the looks of neither theme, and anew with the right ones.
  useInsertionEffect(() => {
    document.body.dataset.agThemeMode = computed;
  }, [computed]);
};
