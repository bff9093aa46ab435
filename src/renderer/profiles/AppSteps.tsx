import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './AppSteps.module.css';

/** A tile of an app among others, which is being made. */
const created = (
  <>
    <rect className={styles.soft} x="14" y="12" width="40" height="38" rx="4" />
    <rect className={styles.open} x="62" y="12" width="56" height="38" rx="4" />
    <rect className={styles.mark} x="62" y="12" width="56" height="38" rx="4" />
    <path className={styles.mark} d="M90 24v14M83 31h14" />
    <rect className={styles.soft} x="126" y="12" width="40" height="38" rx="4" />
  </>
);

/** The tab of roles, with one that is given. */
const given = (
  <>
    <path className={styles.line} d="M14 24h152" />
    <rect className={styles.soft} x="18" y="13" width="30" height="5" rx="2.5" />
    <rect className={styles.soft} x="60" y="13" width="30" height="5" rx="2.5" />
    <path className={styles.mark} d="M58 24h34" />
    <rect className={styles.open} x="14" y="31" width="152" height="20" rx="4" />
    <path className={styles.mark} d="M22 41l4 4 7-8" />
    <rect className={styles.line} x="42" y="38" width="96" height="6" rx="3" />
  </>
);

/** Two lines, each with a sign to copy it: an ID, and a secret that is masked. */
const copied = (
  <>
    <rect className={styles.line} x="14" y="10" width="128" height="17" rx="4" />
    <rect className={styles.soft} x="22" y="16" width="64" height="5" rx="2.5" />
    <rect className={styles.line} x="14" y="35" width="128" height="17" rx="4" />
    <path className={styles.line} strokeDasharray="0.1 7" d="M24 43.5h50" strokeWidth="4" />
    <path className={styles.mark} d="M154 15h8v9h-8zM158 15v-3h8v9h-4" />
    <path className={styles.mark} d="M154 40h8v9h-8zM158 40v-3h8v9h-4" />
  </>
);

const pictures = { create: created, role: given, copy: copied } satisfies Record<string, ReactNode>;
const steps = ['create', 'role', 'copy'] as const;

/** How the app that a tenant is opened with is made, in the Console. */
export const AppSteps = ({ isFirst }: { isFirst: boolean }) => {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(isFirst);
  return (
    <details
      className={styles.guide}
      open={isOpen}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>{t('tenant.app.title')}</summary>
      <ol className={styles.steps}>
        {steps.map((step, place) => (
          <li key={step}>
            <svg viewBox="0 0 180 62" aria-hidden="true">
              {pictures[step]}
            </svg>
            {t('tenant.app.step', { number: place + 1, text: t(`tenant.app.${step}`) })}
          </li>
        ))}
      </ol>
    </details>
  );
};
