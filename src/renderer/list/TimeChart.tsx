import 'uplot/dist/uPlot.min.css';
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import uPlot from 'uplot';
import { bucketText } from '../../shared/time-series';
import { number } from '../i18n';
import styles from './TimeChart.module.css';

type Point = { time: string; count: number };

/** The chart's height, px. */
const height = 150;

/** A colour of the theme as it is now: a canvas takes no variables. */
const colorOf = (element: Element, variable: string) => getComputedStyle(element).getPropertyValue(variable);

const optionsFor = (
  element: HTMLElement,
  series: readonly Point[],
  onPoint: (point: Point | null) => void,
): uPlot.Options => {
  const text = colorOf(element, '--mantine-color-dimmed');
  const line = { stroke: colorOf(element, '--mantine-color-default-border'), width: 1 };
  const axis = { stroke: text, grid: line, ticks: { show: false }, font: '11px sans-serif' };
  const bar = colorOf(element, '--mantine-color-desk-5');
  return {
    width: element.clientWidth,
    height,
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
    scales: {
      x: { time: false, range: [-0.6, series.length - 0.4] },
      y: { range: (_, __, most) => [0, most] },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: 26,
        space: 110,
        incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000],
        values: (_, places) => places.map((place) => bucketText(series[place]?.time ?? '')),
      },
      {
        ...axis,
        size: 52,
        space: 30,
        // Rows are counted in whole ones.
        incrs: Array.from({ length: 9 }, (_, n) => [1, 2, 5].map((step) => step * 10 ** n)).flat(),
        values: (_, counts) => counts.map(number),
      },
    ],
    series: [
      {},
      {
        stroke: bar,
        fill: bar,
        ...(uPlot.paths.bars ? { paths: uPlot.paths.bars({ size: [0.8, 24] }) } : {}),
        points: { show: false },
      },
    ],
    hooks: { setCursor: [({ cursor: { idx } }) => onPoint(series[idx ?? -1] ?? null)] },
  };
};

/** How many rows fall into each stretch of time, from the oldest to the newest; `note`: what is to be known of them. */
const TimeChart = ({ series, label, note }: { series: Point[]; label: string; note: string | null }) => {
  const { t } = useTranslation();
  const scheme = useComputedColorScheme('light');
  const place = useRef<HTMLDivElement>(null);
  const [point, setPoint] = useState<Point | null>(null);
  const key = JSON.stringify(series);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the counts; another theme has other colours
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const data: uPlot.AlignedData = [series.map((_, n) => n), series.map(({ count }) => count)];
    const chart = new uPlot(optionsFor(element, series, setPoint), data, element);
    const resized = new ResizeObserver(() => chart.setSize({ width: element.clientWidth, height }));
    resized.observe(element);
    return () => {
      resized.disconnect();
      chart.destroy();
    };
  }, [key, scheme]);
  return (
    <figure aria-label={label} className={styles.chart}>
      <div ref={place} style={{ height }} />
      <figcaption className={styles.point}>
        {point ? t('counts.point', { time: bucketText(point.time), count: point.count }) : note}
      </figcaption>
    </figure>
  );
};

// Loaded when it is first shown.
export default TimeChart;
