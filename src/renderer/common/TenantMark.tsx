import { IconFileZip } from '@tabler/icons-react';
import type { Profile } from '../../shared/profile';
import styles from './TenantMark.module.css';

type Marked = Pick<Profile, 'name' | 'color' | 'label'> & { kind?: Profile['kind'] };

/** The coloured initial that stands for a tenant; of a snapshot, that it is one. */
export const TenantMark = ({ profile, size = 18 }: { profile: Marked; size?: number }) => (
  <span
    className={styles.mark}
    aria-hidden
    style={{
      background: `var(--mantine-color-${profile.color}-filled)`,
      width: size,
      height: size,
      fontSize: size * 0.55,
    }}
  >
    {profile.kind === 'snapshot' ? <IconFileZip size={size * 0.7} /> : [...profile.name][0]?.toUpperCase()}
  </span>
);

/** The label (production, staging, …) in the tenant's colour. */
export const TenantLabel = ({ profile }: { profile: Marked }) =>
  profile.label === '' ? null : (
    <span
      className={styles.label}
      style={{
        color: `var(--mantine-color-${profile.color}-light-color)`,
        background: `var(--mantine-color-${profile.color}-light)`,
      }}
    >
      {profile.label}
    </span>
  );

/** A tenant by its mark, its name and its label, where it has to be certain which one is meant. */
export const TenantName = ({ profile }: { profile: Marked }) => (
  <span className={styles.tenant}>
    <TenantMark profile={profile} size={14} />
    {profile.name}
    <TenantLabel profile={profile} />
  </span>
);
