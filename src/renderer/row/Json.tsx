import { Button } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Resource } from '../../shared/catalog';
import type { Row } from '../../shared/row';
import { shownJson } from '../../shared/shown';
import { useCopy } from '../common/clipboard';
import styles from './Json.module.css';

/** A row as the API gave it, secrets masked, to read and to copy. */
export const Json = ({ resource, row }: { resource: Resource; row: Row }) => {
  const { t } = useTranslation();
  const { copied, copy } = useCopy();
  const sensitive = resource.columns.some((column) => column.sensitive);
  return (
    <>
      <div className={styles.tools}>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconCopy size={12} />}
          onClick={() => void copy(JSON.stringify(row, null, 2), sensitive)}
        >
          {copied ? t('common.copied') : t('row.copyJson')}
        </Button>
        {resource.secrets.length > 0 && <small>{t('row.masked')}</small>}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keys */}
      <pre className={styles.json} tabIndex={0}>
        {shownJson(row)}
      </pre>
    </>
  );
};
