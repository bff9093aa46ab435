import { type KeyboardEvent, type PointerEvent, useLayoutEffect } from 'react';

type Props = {
  label: string;
  className: string | undefined;
  /** The property of the page by which the width is drawn. */
  property: `--${string}`;
  /** Widths in px: now, and what they may be. */
  width: number;
  widths: { least: number; most: number; usual: number };
  /** Which side of what is resized its edge is on. */
  side: 'left' | 'right';
  /** How far the arrows move it, px. */
  step: number;
  onChange: (width: number) => void;
};

const draw = (property: string, width: number) =>
  document.documentElement.style.setProperty(property, `${width}px`);

/** The edge of a part, which is dragged, or moved by arrows; a double click brings back the usual width. */
export const EdgeResizer = ({ label, className, property, width, widths, side, step, onChange }: Props) => {
  const within = (wanted: number) => Math.round(Math.min(widths.most, Math.max(widths.least, wanted)));
  const outwards = side === 'right' ? 1 : -1;
  useLayoutEffect(() => draw(property, width), [property, width]);
  const byKey = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -step, ArrowRight: step }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    onChange(within(width + by * outwards));
  };
  const drag = (event: PointerEvent<HTMLElement>) => {
    const edge = event.currentTarget;
    const part = edge.parentElement?.getBoundingClientRect();
    // The other edge stays where it is.
    const fixed = (side === 'right' ? part?.left : part?.right) ?? 0;
    edge.setPointerCapture(event.pointerId);
    let to = width;
    // Drawn as it moves; kept once it is let go.
    const move = ({ clientX }: globalThis.PointerEvent) => {
      to = within((clientX - fixed) * outwards);
      draw(property, to);
    };
    edge.addEventListener('pointermove', move);
    edge.addEventListener(
      'lostpointercapture',
      () => {
        edge.removeEventListener('pointermove', move);
        onChange(to);
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
      aria-label={label}
      aria-valuemin={widths.least}
      aria-valuemax={widths.most}
      aria-valuenow={width}
      className={className}
      onPointerDown={drag}
      onKeyDown={byKey}
      onDoubleClick={() => onChange(widths.usual)}
    />
  );
};
