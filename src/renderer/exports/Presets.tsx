import { Button, Group, Select, TextInput } from '@mantine/core';
import { IconBookmarkPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../common/IconButton';
import { type Choices, type Preset, usePresets } from './presets';

const sameChoices = (a: Choices, b: Choices) =>
  a.format === b.format &&
  a.columns === b.columns &&
  a.bom === b.bom &&
  a.names === b.names &&
  [...a.joined].sort().join() === [...b.joined].sort().join();

type Props = {
  /** The operator's own, and those that come with the list. */
  presets: readonly Preset[];
  choices: Choices;
  onChoose: (choices: Choices) => void;
};

/** Takes the choices of a preset, keeps the present ones under a name, or forgets a preset. */
export const Presets = ({ presets, choices, onChoose }: Props) => {
  const { t } = useTranslation();
  const { own, save, remove } = usePresets();
  const [name, setName] = useState<string | null>(null);
  const chosen = presets.find((preset) => sameChoices(preset, choices));
  const isOwn = own.some((preset) => preset.name === chosen?.name);
  if (name !== null) {
    return (
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({ ...choices, name: name.trim() }, { onSuccess: () => setName(null) });
        }}
      >
        <Group gap="2xs" align="flex-end" wrap="nowrap">
          <TextInput
            flex={1}
            label={t('presets.name')}
            value={name}
            maxLength={60}
            autoFocus
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" disabled={name.trim() === ''} loading={save.isPending}>
            {t('common.save')}
          </Button>
          <Button variant="default" onClick={() => setName(null)}>
            {t('common.cancel')}
          </Button>
        </Group>
      </form>
    );
  }
  if (presets.length === 0)
    return (
      <Button
        variant="subtle"
        size="compact-xs"
        leftSection={<IconBookmarkPlus size={14} />}
        style={{ alignSelf: 'flex-start' }}
        onClick={() => setName('')}
      >
        {t('presets.save')}
      </Button>
    );
  return (
    <Group gap="3xs" align="flex-end" wrap="nowrap">
      <Select
        flex={1}
        label={t('presets.title')}
        placeholder={t('presets.choose')}
        data={presets.map((preset) => preset.name)}
        value={chosen?.name ?? null}
        onChange={(picked) => {
          const preset = presets.find((one) => one.name === picked);
          if (preset) onChoose(preset);
        }}
      />
      {chosen && !isOwn ? null : chosen ? (
        <IconButton
          label={t('presets.remove', { name: chosen.name })}
          variant="default"
          size={30}
          onClick={() => remove.mutate(chosen.name)}
        >
          <IconTrash size={14} />
        </IconButton>
      ) : (
        <IconButton label={t('presets.save')} variant="default" size={30} onClick={() => setName('')}>
          <IconBookmarkPlus size={14} />
        </IconButton>
      )}
    </Group>
  );
};
