import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ExportPreset } from '../../core/router';
import { api } from '../link/api';

export type Preset = ExportPreset;
export type Choices = Omit<Preset, 'name'>;

/** What a list was exported with last in this run, by the list's id: its next export begins with that. */
const last = new Map<string, Choices>();

const usual: Choices = { format: 'csv', columns: 'all', bom: false, joined: [], names: false };

/** What users are most often taken home for, of what needs several choices: who has which role, for a sheet. */
export const rolesForSheet: Choices = { ...usual, format: 'xlsx', joined: ['roles'] };

export const lastChoices = (list: string): Choices => last.get(list) ?? usual;
export const keepChoices = (list: string, choices: Choices) => void last.set(list, choices);

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
  return { own: presets.data ?? [], save, remove };
};
