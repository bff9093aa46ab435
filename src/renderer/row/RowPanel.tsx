import { memo, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Condition } from '../../shared/local';
import { singularOf } from '../../shared/phrases/catalog-words';
import type { Query } from '../../shared/query';
import { onEscape } from '../common/above';
import { ErrorNotice } from '../common/ErrorNotice';
import { Guarded } from '../common/Guarded';
import { useRegionName } from '../common/view-side';
import type { ListSource } from '../rows/source';
import { Neighbours } from './Neighbours';
import { ObjectBody } from './ObjectBody';
import { ClosePanel, ObjectHead } from './ObjectHead';
import { PanelResizer } from './PanelResizer';
import styles from './RowPanel.module.css';
import { useObject } from './use-object';

type Props = {
  query: Query;
  id: string;
  source: ListSource;
  onOpen: (id: string) => void;
  onNarrow: (condition: Condition) => void;
  onClose: () => void;
};

/** One row beside its list: what matters first, then what is known of it by sections. */
export const RowPanel = memo(({ query, id, source, onOpen, onNarrow, onClose }: Props) => {
  const { t } = useTranslation();
  const regionName = useRegionName();
  const shown = useObject(query, id, source);
  const { resource, row } = shown;

  const place = useRef<HTMLElement>(null);
  useEffect(() => onEscape(onClose, { from: () => place.current }), [onClose]);

  return (
    <aside
      ref={place}
      className={styles.panel}
      aria-label={regionName(t('row.panel', { singular: singularOf(t, resource.id) }))}
      data-region="panel"
      tabIndex={-1}
    >
      <PanelResizer />
      <Guarded
        failed={(error, again) => (
          <>
            <div className={styles.close}>
              <ClosePanel onClose={onClose} />
            </div>
            <ErrorNotice error={error} onRetry={again} />
          </>
        )}
      >
        <ObjectHead shown={shown} level="h2" onClose={onClose} />
        <ObjectBody shown={shown}>
          {row && (
            <Neighbours
              query={query}
              resource={resource}
              row={row}
              source={source}
              onOpen={onOpen}
              onNarrow={onNarrow}
            />
          )}
        </ObjectBody>
      </Guarded>
    </aside>
  );
});
