import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useEffect } from 'react';
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
  useEffect(() => {
    document.body.dataset.agThemeMode = computed;
  }, [computed]);
};
