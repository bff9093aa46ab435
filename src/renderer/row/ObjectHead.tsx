import { Badge, Button } from '@mantine/core';
import { IconCopy, IconFileText, IconLayoutSidebarRightCollapse, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { hasOwnPage } from '../../shared/object-view';
import { singularOf } from '../../shared/phrases/catalog-words';
import { eventInWords } from '../../shared/phrases/event-words';
import { valueAt } from '../../shared/row';
import { shownText } from '../../shared/shown';
import { useCopy } from '../common/clipboard';
import { IconButton } from '../common/IconButton';
import { askDossier } from '../state/dialogs';
import { openQuery } from '../state/workspace';
import { ElsewhereMenu } from './ElsewhereMenu';
import styles from './ObjectHead.module.css';
import { Picture } from './Picture';
import type { Shown } from './use-object';

type Props = {
  shown: Shown;
  /** The heading's level: `h1` on a page of its own. */
  level: 'h1' | 'h2';
  /** Closes the panel; null on a page of its own. */
  onClose: (() => void) | null;
  children?: ReactNode;
};

export const ClosePanel = ({ onClose }: { onClose: () => void }) => {
  const { t } = useTranslation();
  return (
    <IconButton label={t('row.close')} onClick={onClose}>
      <IconX size={16} />
    </IconButton>
  );
};

/** What a row is, what it is called, its status and its id, and what can be done with it as a whole. */
export const ObjectHead = ({ shown, level: Heading, onClose, children }: Props) => {
  const { t } = useTranslation();
  const { query, id, resource, row, name, columns } = shown;
  const idCopy = useCopy();
  const pictured = columns.find(({ kind }) => kind === 'picture');
  const picture = row && pictured ? valueAt(row, pictured.id) : null;
  const title = shownText(eventInWords(t, name), 300);
  return (
    <header className={styles.head}>
      {typeof picture === 'string' && picture !== '' && row && (
        <Picture profile={query.profile} address={picture} name={name} />
      )}
      <div className={styles.titles}>
        <small>{singularOf(t, resource.id)}</small>
        <span className={styles.line}>
          <Heading className={styles.title}>{title}</Heading>
          {row?.isSuspended === true && (
            <Badge size="sm" color="red" variant="light" className={styles.badge ?? ''}>
              {t('row.suspended')}
            </Badge>
          )}
        </span>
        <button
          type="button"
          className={styles.id}
          onClick={() => void idCopy.copy(id, false)}
          aria-label={t('row.copyId')}
        >
          {idCopy.copied ? t('common.copied') : shownText(id, 300)}
          <IconCopy size={11} />
        </button>
      </div>
      <div className={styles.tools}>
        {resource.id === 'users' && (
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconFileText size={12} />}
            onClick={() => askDossier(query.profile, { id, name })}
          >
            {t('dossier.button')}
          </Button>
        )}
        <ElsewhereMenu shown={shown} />
        {children}
        {onClose && hasOwnPage(resource) && (
          <IconButton
            label={t('row.openPage')}
            onClick={() =>
              openQuery(
                { profile: query.profile, resource: resource.id, object: id, filters: {} },
                undefined,
                { keep: true },
              )
            }
          >
            <IconLayoutSidebarRightCollapse size={16} />
          </IconButton>
        )}
        {onClose && <ClosePanel onClose={onClose} />}
      </div>
    </header>
  );
};
