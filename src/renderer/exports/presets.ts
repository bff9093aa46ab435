import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ExportPreset } from '../../core/router';
import { api } from '../link/api';

/** The operator's export presets, and the ways to change them. */
export const usePresets = () => {
  const queries = useQueryClient();
  const fresh = () => queries.invalidateQueries({ queryKey: ['presets'] });
  const presets = useQuery({ queryKey: ['presets'], queryFn: () => api.exports.presets.list.query() });
  const save = useMutation({
    mutationFn: (preset: ExportPreset) => api.exports.presets.save.mutate(preset),
    onSuccess: fresh,
  });
  const remove = useMutation({
    mutationFn: (name: string) => api.exports.presets.remove.mutate({ name }),
    onSuccess: fresh,
  });
  return { presets: presets.data ?? [], save, remove };
};
