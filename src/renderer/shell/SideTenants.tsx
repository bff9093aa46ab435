import { ActionIcon, UnstyledButton } from '@mantine/core';
import { IconPencil, IconX } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { demoProfileId } from '../../shared/profile';
import { tenantKey } from '../commands/commands';
import { TenantLabel, TenantMark } from '../common/TenantMark';
import { editTenant } from '../state/dialogs';
import type { KnownProfile } from '../state/profiles';
import { hideDemo, showTenant, useWorkspace } from '../state/workspace';
import styles from './SideBar.module.css';

type Listed = Pick<KnownProfile, 'id' | 'name' | 'color' | 'label'>;

const Tenant = memo(({ tenant, keys, isCurrent }: { tenant: Listed; keys: string; isCurrent: boolean }) => {
  const { t } = useTranslation();
  const isDemo = tenant.id === demoProfileId;
  const label = isDemo ? t('nav.hideDemo') : t('tenant.edit', { name: tenant.name });
  return (
    <div className={styles.tenant} data-current={isCurrent || undefined}>
      <UnstyledButton
        className={styles.tenantName}
        aria-current={isCurrent || undefined}
        title={[tenant.name, keys].filter(Boolean).join('  ')}
        onClick={() => showTenant(tenant.id)}
      >
        <TenantMark profile={tenant} />
        <span className={styles.ellipsis}>{tenant.name}</span>
        <TenantLabel profile={tenant} />
      </UnstyledButton>
      <span className={styles.actions}>
        <ActionIcon
          size="xs"
          variant="subtle"
          color="gray"
          aria-label={label}
          title={label}
          onClick={() => (isDemo ? hideDemo() : editTenant(tenant.id))}
        >
          {isDemo ? <IconX size={13} /> : <IconPencil size={13} />}
        </ActionIcon>
      </span>
    </div>
  );
});

/** The tenants; the demo stays listed once it was opened, and is started when it is opened again. */
export const SideTenants = ({
  profiles,
  current,
}: {
  profiles: readonly KnownProfile[];
  current: string | null;
}) => {
  const { t } = useTranslation();
  const knowsDemo = useWorkspace((state) => state.demo ?? false);
  const rests = knowsDemo && !profiles.some(({ id }) => id === demoProfileId);
  const demo: Listed = { id: demoProfileId, name: t('nav.demo'), color: 'violet', label: t('nav.demoLabel') };
  return (
    <nav className={styles.tenants} aria-label={t('tenant.switch')}>
      {[...profiles, ...(rests ? [demo] : [])].map((tenant, at) => (
        <Tenant
          key={tenant.id}
          tenant={tenant}
          keys={at < profiles.length ? tenantKey(at) : ''}
          isCurrent={tenant.id === current}
        />
      ))}
    </nav>
  );
};
