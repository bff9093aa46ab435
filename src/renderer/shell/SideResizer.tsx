import { type KeyboardEvent, type PointerEvent, useLayoutEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { changeSide, sideWidths, useWorkspace } from '../state/workspace';
import styles from './SideBar.module.css';

const within = (width: number) => Math.round(Math.min(sideWidths.most, Math.max(sideWidths.least, width)));

const draw = (width: number) => document.documentElement.style.setProperty('--desk-side', `${width}px`);

/** How far the arrows move it, px. */
const stepPx = 12;

/** The edge of the side bar, which is dragged, or moved by arrows; a double click brings back the usual width. */
export const SideResizer = () => {
  const { t } = useTranslation();
  const width = useWorkspace((state) => state.side?.width ?? sideWidths.usual);
  useLayoutEffect(() => draw(width), [width]);
  const step = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -stepPx, ArrowRight: stepPx }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    changeSide({ width: within(width + by) });
  };
  const drag = (event: PointerEvent<HTMLElement>) => {
    const edge = event.currentTarget;
    edge.setPointerCapture(event.pointerId);
    let to = width;
    // Drawn as it moves; kept once it is let go.
    const move = ({ clientX }: globalThis.PointerEvent) => {
      to = within(clientX);
      draw(to);
    };
    edge.addEventListener('pointermove', move);
    edge.addEventListener(
      'lostpointercapture',
      () => {
        edge.removeEventListener('pointermove', move);
        changeSide({ width: to });
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
      aria-label={t('nav.sideWidth')}
      aria-valuemin={sideWidths.least}
      aria-valuemax={sideWidths.most}
      aria-valuenow={width}
      className={styles.edge}
      onPointerDown={drag}
      onKeyDown={step}
      onDoubleClick={() => changeSide({ width: sideWidths.usual })}
    />
  );
};
