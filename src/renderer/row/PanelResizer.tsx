import { useTranslation } from 'react-i18next';
import { EdgeResizer } from '../common/EdgeResizer';
import { changePanel, panelWidths, useWorkspace } from '../state/workspace';
import styles from './RowPanel.module.css';

/** The panel's edge. */
export const PanelResizer = () => {
  const { t } = useTranslation();
  const width = useWorkspace((state) => state.panel ?? panelWidths.usual);
  return (
    <EdgeResizer
      label={t('row.resize')}
      className={styles.edge}
      property="--desk-panel"
      width={width}
      widths={panelWidths}
      side="left"
      step={24}
      onChange={changePanel}
    />
  );
};
