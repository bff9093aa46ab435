import { SegmentedControl, Select, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { findResource } from '../../shared/catalog';
import type { Target } from '../../shared/change/change';
import type { EditField, Operation } from '../../shared/change/operations';
import { moment } from '../i18n';
import { RefSelect } from '../search/RefSelect';
import { choicesOf, takesAll } from './choices';
import { type Entry, type Fault, type PartEntry, sentOf } from './entries';
import styles from './Form.module.css';
import { IdentityInput, TargetInput } from './IdentityInput';
import { JsonInput } from './JsonInput';
import { MembershipsInput } from './MembershipsInput';
import { PartsInput } from './PartsInput';
import { PasswordEntry } from './PasswordEntry';
import { PermissionsSelect } from './PermissionsSelect';
import { RowsSelect } from './RowsSelect';
import { faultText, fieldTitle, optionText } from './words';

type Props = {
  profile: string;
  operation: Operation;
  field: EditField;
  entry: Entry | undefined;
  fault: Fault | null;
  /** The one object that is changed; null for a new one, and for many. */
  target: Pick<Target, 'id' | 'parent'> | null;
  isMany: boolean;
  onChange: (entry: Entry) => void;
};

const textOf = (entry: Entry | undefined): string => (typeof entry === 'string' ? entry : '');
const textsOf = (entry: Entry | undefined): string[] =>
  Array.isArray(entry) ? entry.filter((one): one is string => typeof one === 'string') : [];
const partsOf = (entry: Entry | undefined): PartEntry[] =>
  Array.isArray(entry) ? entry.filter((one): one is PartEntry => typeof one === 'object') : [];

/** What a field is entered with, by its kind. */
export const FieldInput = ({ profile, operation, field, entry, fault, target, isMany, onChange }: Props) => {
  const { t } = useTranslation();
  const label = fieldTitle(field.id);
  const error = fault ? faultText(field, fault, entry) : null;
  // The way in which a value is removed is not a state that could stay.
  const isActed = operation.kind === 'remove' || operation.kind === 'delete';
  const shaped = { profile, label, value: textOf(entry), error, onChange };
  switch (field.shape) {
    case 'memberships':
      return <MembershipsInput {...shaped} />;
    case 'identity':
      return <IdentityInput {...shaped} />;
    case 'permissions': {
      const own = choicesOf(operation, field, target);
      if (own) break;
      return (
        <PermissionsSelect
          profile={profile}
          label={label}
          value={textsOf(entry)}
          error={error}
          onChange={onChange}
        />
      );
    }
    case 'rules':
      return <MembershipsInput {...shaped} isRules />;
    case 'provider':
      return <TargetInput {...shaped} choices={choicesOf(operation, field, target)} />;
  }
  switch (field.kind) {
    case 'boolean':
      return (
        <>
          <SegmentedControl
            size="xs"
            aria-label={label}
            value={typeof entry === 'boolean' ? String(entry) : isActed ? 'false' : 'unset'}
            data={[
              // What has to be chosen starts at neither.
              ...((target && entry !== undefined) || isActed || field.required
                ? []
                : [
                    {
                      value: 'unset',
                      label: t(operation.kind === 'create' ? 'changing.yesNo.usual' : 'changing.yesNo.unset'),
                    },
                  ]),
              { value: 'true', label: t('changing.yesNo.yes') },
              { value: 'false', label: t('changing.yesNo.no') },
            ]}
            onChange={(value) => onChange(value === 'unset' ? '' : value === 'true')}
          />
          {error && <small className={styles.faulty}>{error}</small>}
        </>
      );
    case 'choice':
      return (
        <Select
          aria-label={label}
          data={(field.options ?? []).map((option) => ({ value: option, label: optionText(field, option) }))}
          value={textOf(entry) || null}
          clearable={field.required !== true}
          error={error}
          onChange={(value) => onChange(value ?? '')}
        />
      );
    case 'json':
      if (isMany && field.parts)
        return (
          <PartsInput label={label} value={partsOf(entry)} isFaulty={fault !== null} onChange={onChange} />
        );
      return <JsonInput label={label} value={textOf(entry)} error={error} onChange={onChange} />;
    case 'password':
      return <PasswordEntry label={label} value={textOf(entry)} error={error} onChange={onChange} />;
    case 'id':
      return field.ref && findResource(field.ref) ? (
        <RefSelect
          profile={profile}
          resource={field.ref}
          label={label}
          value={textOf(entry)}
          error={error}
          onChange={onChange}
        />
      ) : (
        <TextInput
          aria-label={label}
          value={textOf(entry)}
          error={error}
          spellCheck={false}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'ids':
    case 'texts':
    case 'urls': {
      const choices = choicesOf(operation, field, target);
      if (choices)
        return (
          <RowsSelect
            profile={profile}
            list={choices.list}
            parent={choices.parent}
            filters={choices.filters}
            label={label}
            placeholder={t(takesAll(operation, field) ? 'changing.chooseAll' : 'changing.choosePlaceholder')}
            value={textsOf(entry)}
            error={error}
            onChange={onChange}
          />
        );
      if (field.offered)
        return (
          <TagsInput
            size="xs"
            aria-label={label}
            placeholder={textsOf(entry).length > 0 ? '' : t('changing.chooseOrType')}
            data={[...field.offered]}
            value={textsOf(entry)}
            error={error}
            clearable
            onChange={onChange}
          />
        );
      return (
        <Textarea
          size="xs"
          aria-label={label}
          placeholder={t('changing.addText')}
          autosize
          minRows={2}
          maxRows={8}
          spellCheck={false}
          value={textsOf(entry).join('\n')}
          error={error}
          onChange={(event) => {
            const text = event.currentTarget.value;
            onChange(text === '' ? [] : text.split('\n'));
          }}
        />
      );
    }
    default: {
      const stored = sentOf(field, textOf(entry));
      const isOther = field.kind === 'phone' && stored !== '' && stored !== textOf(entry);
      const said =
        field.kind === 'time' && typeof stored === 'number'
          ? moment(stored)
          : isOther && typeof stored === 'string'
            ? t('changing.phoneStored', { digits: stored })
            : undefined;
      return (
        <TextInput
          aria-label={label}
          value={textOf(entry)}
          error={error}
          spellCheck={false}
          placeholder={field.kind === 'time' ? t('changing.timePlaceholder') : undefined}
          inputMode={field.kind === 'email' ? 'email' : field.kind === 'phone' ? 'tel' : 'text'}
          description={error ? undefined : said}
          inputWrapperOrder={['input', 'description', 'error']}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    }
  }
};
