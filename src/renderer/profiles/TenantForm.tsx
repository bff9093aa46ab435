import {
  Alert,
  Autocomplete,
  Button,
  Checkbox,
  ColorSwatch,
  Group,
  Input,
  PasswordInput,
  SegmentedControl,
  SimpleGrid,
  Stack,
  TextInput,
  UnstyledButton,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDebouncedValue } from '@mantine/hooks';
import { IconCheck, IconKey, IconPlugConnected } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { DeskError, type ErrorValue, errorValueOf } from '../../shared/errors';
import { explain } from '../../shared/phrases';
import {
  addressesOf,
  ossResource,
  type Profile,
  type ProfileInput,
  profileColors,
  profileLabels,
  profileOf,
} from '../../shared/profile';
import actions from '../common/dialog-actions.module.css';
import { ErrorNotice } from '../common/ErrorNotice';
import { tenantChanged } from '../common/forget';
import { intoView } from '../common/into-view';
import { phrases } from '../i18n';
import { api, errorOf } from '../link/api';
import { useCapabilities } from '../state/capabilities';
import { closeDialogs } from '../state/dialogs';
import type { KnownProfile } from '../state/profiles';
import { openQuery, showTenant } from '../state/workspace';
import { CapabilityNotes } from './CapabilityNotes';
import { ConnectionTest, useConnectionTest } from './ConnectionTest';
import { RemoveTenant } from './RemoveTenant';
import styles from './TenantForm.module.css';

type Values = {
  kind: 'cloud' | 'oss';
  name: string;
  tenantId: string;
  endpoint: string;
  resource: string;
  appId: string;
  secret: string;
  label: string;
  color: Profile['color'];
  access: Profile['access'];
  images: boolean;
};

const valuesOf = (profile: Profile | null): Values => ({
  kind: profile?.kind === 'oss' ? 'oss' : 'cloud',
  name: profile?.name ?? '',
  tenantId: profile?.kind === 'cloud' ? new URL(profile.endpoint).hostname.replace('.logto.app', '') : '',
  endpoint: profile?.kind === 'oss' ? profile.endpoint : '',
  resource: profile?.kind === 'oss' ? profile.resource : ossResource,
  appId: profile?.appId ?? '',
  secret: '',
  label: profile?.label ?? '',
  color: profile?.color ?? 'blue',
  access: profile?.access ?? 'read-only',
  images: profile?.images ?? false,
});

const inputOf = ({ kind, tenantId, endpoint, resource, secret: _, ...common }: Values): ProfileInput =>
  kind === 'cloud' ? { kind, tenantId, ...common } : { kind, endpoint, resource, ...common };

/** What is wrong with the entry, or null. The rules are the core's own. */
const faultOf = (values: Values): ErrorValue | null => {
  try {
    profileOf(inputOf(values), 'preview');
    return null;
  } catch (error) {
    return error instanceof DeskError ? errorValueOf(error) : null;
  }
};

/** Whether the stored secret can stay: it serves the address and the app that it was entered for. */
const keepsSecret = (profile: KnownProfile, values: Values): boolean => {
  if (faultOf(values) !== null) return true;
  const entered = profileOf(inputOf(values), profile.id);
  return addressesOf(entered).token === addressesOf(profile).token && entered.appId === profile.appId;
};

/** The addresses that follow from the entry as soon as it makes sense. */
const Follows = ({ values }: { values: Values }) => {
  const { t } = useTranslation();
  const [settled] = useDebouncedValue(values, 250);
  const named = { ...settled, name: settled.name || 'preview', appId: settled.appId || 'preview' };
  const typed = settled.kind === 'cloud' ? settled.tenantId : settled.endpoint;
  const fault = typed ? faultOf(named) : null;
  if (fault) {
    const { title, next, fine } = explain(phrases, fault);
    return (
      <Alert color="red" variant="light" p="xs" title={title}>
        {fault.code === 'profile.invalid' ? fine.join(' · ') : next}
      </Alert>
    );
  }
  if (!typed) return null;
  const addresses = addressesOf(profileOf(inputOf(named), 'preview'));
  const rows = [
    [t('tenant.endpoint'), addresses.endpoint],
    [t('tenant.tokenEndpoint'), addresses.token],
    [t('tenant.apiBase'), addresses.api],
    [t('tenant.resource'), addresses.resource],
  ] as const;
  return (
    <dl className={styles.follows} aria-label={t('tenant.follows')}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
};

const isKeychainFault = (error: ErrorValue | null) =>
  error?.code === 'keychain.unavailable' || error?.code === 'keychain.locked';

export const TenantForm = ({ profile }: { profile: KnownProfile | null }) => {
  const { t } = useTranslation();
  const test = useConnectionTest();
  const found = useCapabilities(profile ?? undefined);
  const form = useForm<Values>({ initialValues: valuesOf(profile), onValuesChange: test.forget });
  const { values } = form;
  const kept = profile !== null && keepsSecret(profile, values);
  const complete = values.name.trim() !== '' && faultOf(values) === null && (values.secret !== '' || kept);

  const save = useMutation({
    mutationFn: (secretPlace: 'keychain' | 'memory') => {
      const { secret } = values;
      const input = inputOf(values);
      return profile
        ? api.profiles.update.mutate({ id: profile.id, input, secretPlace, ...(secret ? { secret } : {}) })
        : api.profiles.add.mutate({ input, secret, secretPlace });
    },
    onSuccess: async ({ id }) => {
      closeDialogs();
      await tenantChanged(id);
      if (profile) showTenant(id);
      // A list that comes is the best proof that it was entered well.
      else openQuery({ profile: id, resource: 'users', filters: {} });
    },
  });
  const saveError = save.error ? errorOf(save.error) : null;

  const startTest = () => {
    const input = inputOf(values);
    if (values.secret) void test.start({ input, secret: values.secret });
    else if (profile) void test.start({ profile: profile.id, input });
  };

  return (
    <form onSubmit={form.onSubmit(() => save.mutate('keychain'))} autoComplete="off">
      <Stack gap="sm">
        <SegmentedControl
          size="xs"
          aria-label={t('tenant.kind')}
          data={[
            { value: 'cloud', label: `${t('tenant.cloud')} · ${t('tenant.cloudHint')}` },
            { value: 'oss', label: `${t('tenant.oss')} · ${t('tenant.ossHint')}` },
          ]}
          {...form.getInputProps('kind')}
        />
        <SimpleGrid cols={2} spacing="sm" verticalSpacing="sm">
          <TextInput
            label={t('tenant.name')}
            description={t('tenant.nameHint')}
            {...form.getInputProps('name')}
            data-autofocus
          />
          {values.kind === 'cloud' ? (
            <TextInput
              label={t('tenant.tenantId')}
              description={t('tenant.tenantIdHint')}
              {...form.getInputProps('tenantId')}
              spellCheck={false}
            />
          ) : (
            <TextInput
              label={t('tenant.endpoint')}
              description={t('tenant.endpointHint')}
              {...form.getInputProps('endpoint')}
              spellCheck={false}
            />
          )}
          <TextInput
            label={t('tenant.appId')}
            description={t('tenant.appIdHint')}
            {...form.getInputProps('appId')}
            spellCheck={false}
          />
          <PasswordInput
            size="xs"
            label={t('tenant.secret')}
            description={t(kept ? 'tenant.secretKept' : profile ? 'tenant.secretAgain' : 'tenant.secretHint')}
            autoComplete="new-password"
            {...form.getInputProps('secret')}
          />
          {values.kind === 'oss' && (
            <TextInput
              className={styles.wide}
              label={t('tenant.resource')}
              description={t('tenant.resourceHint')}
              {...form.getInputProps('resource')}
              spellCheck={false}
            />
          )}
          <Autocomplete
            size="xs"
            label={t('tenant.label')}
            description={t('tenant.labelHint')}
            data={profileLabels.map((label) => t(`tenant.labels.${label}`))}
            maxLength={24}
            {...form.getInputProps('label')}
          />
        </SimpleGrid>
        <Input.Wrapper
          size="xs"
          label={t('changing.access')}
          description={t(
            values.access === 'read-only' ? 'changing.accessReadOnlyHint' : 'changing.accessReadWriteHint',
          )}
        >
          <SegmentedControl
            size="xs"
            mt={4}
            aria-label={t('changing.access')}
            data={[
              { value: 'read-only', label: t('changing.accessReadOnly') },
              { value: 'read-write', label: t('changing.accessReadWrite') },
            ]}
            {...form.getInputProps('access')}
          />
        </Input.Wrapper>
        <Checkbox
          size="xs"
          label={t('tenant.images')}
          description={t('tenant.imagesHint')}
          {...form.getInputProps('images', { type: 'checkbox' })}
        />
        <Group gap={7} role="radiogroup" aria-label={t('tenant.color')}>
          <span className={styles.colorLabel}>{t('tenant.color')}</span>
          {profileColors.map((color) => (
            <UnstyledButton
              key={color}
              role="radio"
              aria-checked={values.color === color}
              aria-label={t(`tenant.colors.${color}`)}
              onClick={() => form.setFieldValue('color', color)}
            >
              <ColorSwatch size={20} color={`var(--mantine-color-${color}-filled)`} withShadow={false}>
                {values.color === color && <IconCheck size={13} color="#fff" stroke={3} />}
              </ColorSwatch>
            </UnstyledButton>
          ))}
        </Group>
        <Follows values={values} />
        {found && !test.run && <CapabilityNotes found={found} />}
        {test.run && <ConnectionTest run={test.run} />}
        {saveError && !isKeychainFault(saveError) && (
          <div ref={intoView}>
            <ErrorNotice compact error={saveError} />
          </div>
        )}
        {saveError && isKeychainFault(saveError) && (
          <Alert
            ref={intoView}
            color="yellow"
            variant="light"
            p="xs"
            icon={<IconKey size={16} />}
            title={t('tenant.keychainTitle')}
          >
            <Stack gap={8} align="flex-start">
              <ErrorNotice compact error={saveError} onRetry={() => save.mutate('keychain')} />
              {t('tenant.keychainText')}
              <Button onClick={() => save.mutate('memory')} loading={save.isPending}>
                {t('tenant.keepInMemory')}
              </Button>
            </Stack>
          </Alert>
        )}
        <Group className={actions.actions} justify="space-between" align="flex-end" wrap="nowrap">
          {profile ? <RemoveTenant profile={profile} /> : <span />}
          <Group gap={8} wrap="nowrap">
            <Button
              variant="default"
              leftSection={<IconPlugConnected size={14} />}
              disabled={!complete}
              loading={test.run?.running ?? false}
              onClick={startTest}
            >
              {test.run ? t('tenant.testAgain') : t('tenant.test')}
            </Button>
            <Button type="submit" disabled={!complete} loading={save.isPending}>
              {profile ? t('tenant.save') : t('tenant.add')}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
};
