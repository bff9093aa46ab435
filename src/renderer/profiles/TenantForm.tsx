import {
  Alert,
  Button,
  Group,
  Input,
  PasswordInput,
  SegmentedControl,
  SimpleGrid,
  Stack,
  TextInput,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDebouncedValue } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconKey, IconPlugConnected } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { type ClipboardEvent, type RefObject, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorValue } from '../../shared/errors';
import { pastedTenant } from '../../shared/pasted-tenant';
import { explain } from '../../shared/phrases';
import { addressesOf, profileOf } from '../../shared/profile';
import { shownText } from '../../shared/shown';
import actions from '../common/dialog-actions.module.css';
import { useEntered } from '../common/EnteringDialog';
import { ErrorNotice } from '../common/ErrorNotice';
import { tenantChanged } from '../common/forget';
import { intoView } from '../common/into-view';
import { phrases } from '../i18n';
import { api, errorOf } from '../link/api';
import { useCapabilities } from '../state/capabilities';
import { closeDialogsOf, dialogsNow } from '../state/dialogs';
import { type KnownProfile, useProfiles } from '../state/profiles';
import { openQuery, showTenant } from '../state/workspace';
import { AppSteps } from './AppSteps';
import { CapabilityNotes } from './CapabilityNotes';
import { ConnectionTest, useConnectionTest, verdictOf } from './ConnectionTest';
import { RemoveTenant } from './RemoveTenant';
import styles from './TenantForm.module.css';
import { TenantLook } from './TenantLook';
import {
  faultOf,
  fieldOf,
  filledWith,
  hasEntries,
  inputOf,
  keepsSecret,
  missingIn,
  named,
  type TypedField,
  typedFault,
  unusedColor,
  type Values,
  valuesOf,
} from './tenant-entry';
import { type Outcome, outcomeOf } from './test-run';

/** The addresses that follow from the entry as soon as it makes sense. */
const Follows = ({ values }: { values: Values }) => {
  const { t } = useTranslation();
  const typed = values.kind === 'cloud' ? values.tenantId : values.endpoint;
  if (!typed.trim() || typedFault(values)) return null;
  const addresses = addressesOf(profileOf(inputOf(named(values)), 'preview'));
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

/** An error at its field: what is wrong, what to do, and in small print what the server said. */
const FieldError = ({ error }: { error: ErrorValue }) => {
  const { title, remedy, details } = explain(phrases, error);
  return (
    <span ref={intoView} role="alert" className={styles.fault}>
      <strong>{title}</strong>
      {error.code !== 'profile.invalid' && <span>{remedy}</span>}
      {details.length > 0 && <small>{shownText(details.join(' · '), 300)}</small>}
    </span>
  );
};

const isKeychainFault = (error: ErrorValue | null) =>
  error?.code === 'keychain.unavailable' || error?.code === 'keychain.locked';

/** `entered` is true while closing the form would lose something. */
type Props = { profile: KnownProfile | null; entered: RefObject<boolean> };

export const TenantForm = ({ profile, entered }: Props) => {
  const { t } = useTranslation();
  const hint = useId();
  const test = useConnectionTest();
  const { profiles } = useProfiles();
  const found = useCapabilities(profile ?? undefined);
  const [filled, setFilled] = useState<TypedField[]>([]);
  const [before] = useState(() => valuesOf(profile, unusedColor(profiles)));
  const form = useForm<Values>({
    initialValues: before,
    onValuesChange: () => {
      test.forget();
      save.reset();
      setFilled([]);
    },
  });
  const { values } = form;
  const [settled] = useDebouncedValue(values, 250);
  const kept = profile !== null && keepsSecret(profile, values);
  const keptHint = kept ? 'tenant.secretKept' : profile ? 'tenant.secretAgain' : 'tenant.secretHint';
  const missing = missingIn(values, kept);
  const fault = missing.length === 0 ? faultOf(values) : typedFault(values);
  const complete = missing.length === 0 && fault === null;
  const isEntered = hasEntries(values, before);
  useEntered(entered, isEntered);

  const place = useRef<HTMLFormElement>(null);
  const save = useMutation({
    /** `verdict`: what a test said right before. */
    mutationFn: ({ secretPlace }: { secretPlace: 'keychain' | 'memory'; verdict?: string }) => {
      const { secret } = values;
      const input = inputOf(values);
      return profile
        ? api.profiles.update.mutate({ id: profile.id, input, secretPlace, ...(secret ? { secret } : {}) })
        : api.profiles.add.mutate({ input, secret, secretPlace });
    },
    onMutate: dialogsNow,
    onSuccess: async ({ id }, { verdict }, then) => {
      if (verdict)
        notifications.show({
          title: values.name,
          message: verdict,
          closeButtonProps: { 'aria-label': t('common.close') },
        });
      // What is pressed as soon as it is gone is meant for the tenant that comes.
      await tenantChanged(id).finally(() => closeDialogsOf(then));
      if (profile) showTenant(id);
      // A list that comes is the best proof that it was entered well.
      else openQuery({ profile: id, resource: 'users', filters: {} });
    },
  });
  const saveError = save.error ? errorOf(save.error) : null;
  // What is said of a keychain is not said where there is none.
  const secretHint = isKeychainFault(saveError) ? 'tenant.secretHintInMemory' : keptHint;
  const outcome = test.run && outcomeOf(test.run);
  const testError = outcome && !outcome.connected ? outcome.error : null;
  const shown = saveError ?? testError ?? typedFault(settled);
  const faulty = shown && fieldOf(shown, values.kind);
  // What did not work is continued where it is to be corrected.
  const failed = save.error ?? testError;
  useEffect(() => {
    if (failed) place.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [failed]);
  const errorAt = (field: TypedField) =>
    shown && faulty === field ? <FieldError key={shown.code} error={shown} /> : undefined;

  const startTest = (onEnd?: (outcome: Outcome) => void) => {
    const input = inputOf(values);
    if (values.secret) void test.start({ input, secret: values.secret }, onEnd);
    else if (profile) void test.start({ profile: profile.id, input }, onEnd);
  };
  const testAndAdd = () =>
    startTest((outcome) => {
      if (outcome.connected)
        save.mutate({ secretPlace: 'keychain', verdict: verdictOf(outcome, values.access, t) });
    });
  const names = (fields: readonly TypedField[]) => fields.map((field) => t(`tenant.${field}`)).join(', ');
  const toCorrect = fault && fieldOf(fault, values.kind);
  const reason =
    missing.length > 0
      ? t('tenant.needed', { fields: names(missing) })
      : toCorrect
        ? t('tenant.toCorrect', { fields: names([toCorrect]) })
        : '';

  const fill = (event: ClipboardEvent) => {
    const said = pastedTenant(event.clipboardData.getData('text/plain'));
    if (!said) return;
    event.preventDefault();
    const next = filledWith(values, said);
    form.setValues(next.values);
    setFilled(next.filled);
  };

  return (
    <form
      ref={place}
      onSubmit={form.onSubmit(() => (profile ? save.mutate({ secretPlace: 'keychain' }) : testAndAdd()))}
      onPaste={fill}
      autoComplete="off"
    >
      <Stack gap="sm">
        {!profile && <AppSteps isFirst={profiles.every(({ kind }) => kind === 'demo')} />}
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
            error={errorAt('name')}
            data-autofocus
          />
          {values.kind === 'cloud' ? (
            <TextInput
              label={t('tenant.tenantId')}
              description={t('tenant.tenantIdHint')}
              {...form.getInputProps('tenantId')}
              error={errorAt('tenantId')}
              spellCheck={false}
            />
          ) : (
            <TextInput
              label={t('tenant.endpoint')}
              description={t('tenant.endpointHint')}
              {...form.getInputProps('endpoint')}
              error={errorAt('endpoint')}
              spellCheck={false}
            />
          )}
          <TextInput
            label={t('tenant.appId')}
            description={t('tenant.appIdHint')}
            {...form.getInputProps('appId')}
            error={errorAt('appId')}
            spellCheck={false}
          />
          <PasswordInput
            size="xs"
            label={t('tenant.secret')}
            description={t(secretHint)}
            autoComplete="new-password"
            {...form.getInputProps('secret')}
            error={errorAt('secret')}
            aria-invalid={faulty === 'secret'}
          />
          {values.kind === 'oss' && (
            <TextInput
              className={styles.wide}
              label={t('tenant.resource')}
              description={t('tenant.resourceHint')}
              {...form.getInputProps('resource')}
              error={errorAt('resource')}
              spellCheck={false}
            />
          )}
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
            mt="4xs"
            aria-label={t('changing.access')}
            data={[
              { value: 'read-only', label: t('changing.accessReadOnly') },
              { value: 'read-write', label: t('changing.accessReadWrite') },
            ]}
            {...form.getInputProps('access')}
          />
        </Input.Wrapper>
        <TenantLook form={form} open={profile !== null} />
        <p
          className={styles.pasted}
          role="status"
          data-filled={filled.length > 0 || undefined}
          data-new={!profile || undefined}
        >
          {filled.length > 0
            ? t('tenant.filled', { fields: names(filled) })
            : !profile && !isEntered && t('tenant.pasteHint')}
        </p>
        <Follows values={values} />
        {found && !test.run && <CapabilityNotes found={found} />}
        {test.run && (
          <ConnectionTest
            run={test.run}
            access={values.access}
            at={faulty ? t(`tenant.${faulty}`) : undefined}
          />
        )}
        {saveError && !faulty && !isKeychainFault(saveError) && (
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
            <Stack gap="2xs" align="flex-start">
              <ErrorNotice
                compact
                error={saveError}
                onRetry={() => save.mutate({ secretPlace: 'keychain' })}
              />
              {t('tenant.keychainText')}
              <Button onClick={() => save.mutate({ secretPlace: 'memory' })} loading={save.isPending}>
                {t('tenant.keepInMemory')}
              </Button>
            </Stack>
          </Alert>
        )}
        <div className={actions.actions}>
          <p id={hint} className={styles.reason}>
            {reason}
          </p>
          <Group justify="space-between" align="flex-end" wrap="nowrap">
            {profile ? (
              <RemoveTenant profile={profile} />
            ) : (
              <Button
                variant="subtle"
                disabled={!complete}
                loading={save.isPending}
                aria-describedby={hint}
                onClick={() => save.mutate({ secretPlace: 'keychain' })}
              >
                {t('tenant.add')}
              </Button>
            )}
            <Group gap="2xs" wrap="nowrap">
              <Button
                variant="default"
                leftSection={<IconPlugConnected size={14} />}
                disabled={!complete}
                loading={test.run?.running ?? false}
                aria-describedby={hint}
                onClick={() => startTest()}
              >
                {test.run ? t('tenant.testAgain') : t('tenant.test')}
              </Button>
              <Button
                type="submit"
                disabled={!complete}
                loading={save.isPending || (!profile && (test.run?.running ?? false))}
                aria-describedby={hint}
              >
                {profile ? t('tenant.save') : t('tenant.testAndAdd')}
              </Button>
            </Group>
          </Group>
        </div>
      </Stack>
    </form>
  );
};
