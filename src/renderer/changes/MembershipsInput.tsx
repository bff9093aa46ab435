import { ActionIcon, Button } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RefSelect } from '../search/RefSelect';
import styles from './Form.module.css';
import { RowsSelect } from './RowsSelect';
import { membershipsOf, membershipsText, rulesOf, rulesText } from './shapes';
import { fieldTitle } from './words';

type Props = {
  profile: string;
  label: string;
  /** JSON: ids of organizations, each with the ids of the roles there. */
  value: string;
  /** They are rules of an application: the roles there that let members in. */
  isRules?: boolean;
  onChange: (text: string) => void;
};

type Line = { organization: string; roles: readonly string[] };

/** Organizations that a user belongs to, with the roles there: a line each, by their names. */
export const MembershipsInput = ({ profile, label, value, isRules = false, onChange }: Props) => {
  const { t } = useTranslation();
  const [lines, setLines] = useState<readonly Line[]>(() => (isRules ? rulesOf : membershipsOf)(value));
  const change = (next: readonly Line[]) => {
    setLines(next);
    onChange((isRules ? rulesText : membershipsText)(next));
  };
  const set = (at: number, part: Partial<Line>) =>
    change(lines.map((line, place) => (place === at ? { ...line, ...part } : line)));
  return (
    <fieldset className={styles.parts} aria-label={label}>
      {lines.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line has nothing else to be told by
        <div key={at} className={styles.membership}>
          <RefSelect
            profile={profile}
            resource="organizations"
            label={fieldTitle('organizationId')}
            value={line.organization}
            onChange={(organization) => set(at, { organization })}
          />
          <RowsSelect
            profile={profile}
            list="organization-roles"
            label={fieldTitle('organizationRoleIds')}
            placeholder={t(isRules ? 'changing.ruleRoles' : 'changing.rolesThere')}
            value={line.roles}
            onChange={(roles) => set(at, { roles })}
          />
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            aria-label={t('changing.removePart')}
            onClick={() => change(lines.filter((_, place) => place !== at))}
          >
            <IconX size={13} />
          </ActionIcon>
        </div>
      ))}
      <Button
        size="compact-xs"
        variant="subtle"
        leftSection={<IconPlus size={12} />}
        onClick={() => setLines([...lines, { organization: '', roles: [] }])}
      >
        {t('changing.addOrganization')}
      </Button>
    </fieldset>
  );
};
