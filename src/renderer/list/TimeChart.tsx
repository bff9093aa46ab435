import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { useTranslation } from 'react-i18next';
import { number } from '../i18n';

/** How many rows fall into each stretch of time, from the oldest to the newest. */
const TimeChart = ({ series, label }: { series: { time: string; count: number }[]; label: string }) => {
  const { t } = useTranslation();
  return (
    <figure aria-label={label} style={{ margin: 0 }}>
      <BarChart
        h={150}
        data={series.map(({ time, count }) => ({ time: time.replace('T', ' '), count }))}
        dataKey="time"
        series={[{ name: 'count', label: t('counts.rows'), color: 'desk.5' }]}
        valueFormatter={number}
        gridAxis="x"
        tickLine="none"
        barProps={{ isAnimationActive: false, maxBarSize: 24 }}
        yAxisProps={{ width: 46, allowDecimals: false, tickCount: 5, interval: 0 }}
        xAxisProps={{ minTickGap: 40 }}
      />
    </figure>
  );
};

// Loaded when it is first shown.
export default TimeChart;
