import { Button, Group, Textarea } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { isEnter } from '../common/keys';
import { hasMask, typedObject } from './json-parts';

type Props = {
  label: string;
  value: string;
  error: string | null;
  onChange: (text: string) => void;
};

const indent = '  ';

/** An object as text: checked while it is typed, the place of a mistake said and put in front. */
export const JsonInput = ({ label, value, error, onChange }: Props) => {
  const { t } = useTranslation();
  const area = useRef<HTMLTextAreaElement>(null);
  const typed = typedObject(value);
  const toMistake = () => {
    if (!typed.mistake || !area.current) return;
    const lines = value.split('\n').slice(0, typed.mistake.line - 1);
    const at = lines.reduce((sum, line) => sum + line.length + 1, 0) + typed.mistake.column - 1;
    area.current.focus();
    area.current.setSelectionRange(at, at + 1);
  };
  return (
    <>
      <Textarea
        ref={area}
        size="xs"
        aria-label={label}
        autosize
        minRows={3}
        maxRows={16}
        spellCheck={false}
        value={value}
        error={error}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 11.5 } }}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={(event) => {
          // Tab leaves the field, as everywhere; a line begins where the one before it did.
          if (!isEnter(event) || event.shiftKey || event.metaKey || event.ctrlKey) return;
          const { selectionStart: at, selectionEnd: end } = event.currentTarget;
          const line = value.slice(value.lastIndexOf('\n', at - 1) + 1, at);
          const [blank = ''] = /^\s*/.exec(line) ?? [];
          const deeper = /[{[]\s*$/.test(line) ? indent : '';
          if (blank + deeper === '') return;
          event.preventDefault();
          const added = `\n${blank}${deeper}`;
          const field = event.currentTarget;
          onChange(value.slice(0, at) + added + value.slice(end));
          requestAnimationFrame(() => field.setSelectionRange(at + added.length, at + added.length));
        }}
      />
      <Group gap="2xs" justify="space-between" mt="5xs">
        <small>{hasMask(typed.value) ? t('changing.maskedHint') : ''}</small>
        {typed.mistake?.reason === 'syntax' ? (
          <Button size="compact-xs" variant="subtle" onClick={toMistake}>
            {t('changing.toMistake')}
          </Button>
        ) : (
          typed.value &&
          value.trim() !== '' &&
          JSON.stringify(typed.value, null, 2) !== value && (
            <Button
              size="compact-xs"
              variant="subtle"
              color="gray"
              onClick={() => onChange(JSON.stringify(typed.value, null, 2))}
            >
              {t('changing.jsonFormat')}
            </Button>
          )
        )}
      </Group>
    </>
  );
};
