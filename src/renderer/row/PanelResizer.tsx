import { type KeyboardEvent, type PointerEvent, useLayoutEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { changePanel, panelWidths, useWorkspace } from '../state/workspace';
import styles from './RowPanel.module.css';

const within = (width: number) => Math.round(Math.min(panelWidths.most, Math.max(panelWidths.least, width)));

const draw = (width: number) => document.documentElement.style.setProperty('--desk-panel', `${width}px`);

/** How far the arrows move it, px. */
const stepPx = 24;

/** The panel's edge, which is dragged, or moved by arrows; a double click brings back the usual width. */
export const PanelResizer = () => {
  const { t } = useTranslation();
  const width = useWorkspace((state) => state.panel ?? panelWidths.usual);
  useLayoutEffect(() => draw(width), [width]);
  const step = (event: KeyboardEvent) => {
    const by = { ArrowLeft: stepPx, ArrowRight: -stepPx }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    changePanel(within(width + by));
  };
  const drag = (event: PointerEvent<HTMLElement>) => {
    const edge = event.currentTarget;
    const right = edge.parentElement?.getBoundingClientRect().right ?? window.innerWidth;
    edge.setPointerCapture(event.pointerId);
    let to = width;
    // Drawn as it moves; kept once it is let go.
    const move = ({ clientX }: globalThis.PointerEvent) => {
      to = within(right - clientX);
      draw(to);
    };
    edge.addEventListener('pointermove', move);
    edge.addEventListener(
      'lostpointercapture',
      () => {
        edge.removeEventListener('pointermove', move);
        changePanel(to);
      },
      { once: true },
    );
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule between two parts cannot be moved
    <div
      role="separator"
      tabIndex={-1}
      aria-orientation="vertical"
      aria-label={t('row.resize')}
      aria-valuemin={panelWidths.least}
      aria-valuemax={panelWidths.most}
      aria-valuenow={width}
      className={styles.edge}
      onPointerDown={drag}
      onKeyDown={step}
      onDoubleClick={() => changePanel(panelWidths.usual)}
    />
  );
};
