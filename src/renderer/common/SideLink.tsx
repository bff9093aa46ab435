import { UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './SideLink.module.css';

type Props = {
  icon: ReactNode;
  label: string;
  isFront: boolean;
  className: string | undefined;
  onClick: () => void;
};

/** The way to a view of this program's own, below a tenant's lists. */
export const SideLink = ({ icon, label, isFront, className, onClick }: Props) => (
  <UnstyledButton
    mt="xs"
    className={className ?? ''}
    data-current={isFront || undefined}
    aria-current={isFront || undefined}
    onClick={onClick}
  >
    {icon}
    <span className={styles.label}>{label}</span>
  </UnstyledButton>
);
