import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Preferences } from '../../core/router';
import { api } from '../api';

const schemeOf = { system: 'auto', light: 'light', dark: 'dark' } as const;

/** The chosen theme, applied to shell and grid; the system's unless the user chose one. */
export const useTheme = () => {
  const queries = useQueryClient();
  const { setColorScheme } = useMantineColorScheme();
  const computed = useComputedColorScheme('light');
  const preferences = useQuery({ queryKey: ['preferences'], queryFn: () => api.preferences.get.query() });
  const choice = preferences.data?.theme;
  useEffect(() => {
    if (choice) setColorScheme(schemeOf[choice]);
  }, [choice, setColorScheme]);
  useEffect(() => {
    document.body.dataset.agThemeMode = computed;
  }, [computed]);
  const save = useMutation({
    mutationFn: (next: Preferences) => api.preferences.save.mutate(next),
    onMutate: (next) => queries.setQueryData(['preferences'], next),
  });
  return {
    theme: choice ?? 'system',
    choose: (theme: Preferences['theme']) => save.mutate({ language: 'en', ...preferences.data, theme }),
  };
};
