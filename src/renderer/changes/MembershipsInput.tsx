import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RefSelect } from '../search/RefSelect';
import styles from './Form.module.css';
import { LinesInput } from './LinesInput';
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
  return (
    <LinesInput
      label={label}
      lines={lines}
      empty={{ organization: '', roles: [] }}
      add={t('changing.addOrganization')}
      className={styles.membership}
      onChange={change}
    >
      {(line, set) => (
        <>
          <RefSelect
            profile={profile}
            resource="organizations"
            label={fieldTitle('organizationId')}
            value={line.organization}
            onChange={(organization) => set({ organization })}
          />
          <RowsSelect
            profile={profile}
            list="organization-roles"
            label={fieldTitle('organizationRoleIds')}
            placeholder={t(isRules ? 'changing.ruleRoles' : 'changing.rolesThere')}
            value={line.roles}
            onChange={(roles) => set({ roles })}
          />
        </>
      )}
    </LinesInput>
  );
};
