import { useTranslation } from 'react-i18next';
import { EdgeResizer } from '../common/EdgeResizer';
import { changeSide, sideWidths, useWorkspace } from '../state/workspace';
import styles from './SideBar.module.css';

/** The edge of the side bar. */
export const SideResizer = () => {
  const { t } = useTranslation();
  const width = useWorkspace((state) => state.side?.width ?? sideWidths.usual);
  return (
    <EdgeResizer
      label={t('nav.sideWidth')}
      className={styles.edge}
      property="--desk-side"
      width={width}
      widths={sideWidths}
      side="right"
      step={12}
      onChange={(to) => changeSide({ width: to })}
    />
  );
};
