/** What each chart looks like: quiet bars, about four lines, the highest bar labelled, no legend. */
import type { EChartsCoreOption } from 'echarts/core';
import { countText } from '../../i18n/number';
import { t } from '../../i18n/admin_laporan';
import { bucketLabel, bucketName, peakOf, type Arrivals, type Bucket } from './arrivals';
import { lineStep } from './axis';
import type { Hour } from './hours';
import { hourText } from './hours';
import type { Look } from './look';

/** Room above the highest bar for its label. */
const HEADROOM = 1.18;
/** From here on numbers are wider than their bars. */
const LONG_NUMBER = 1000;
/** So few bars have room for the day's name. */
const FEW_DAYS = 8;

function textOf(look: Look, is_strong = false) {
  return {
    fontFamily: look.font,
    fontSize: look.text_px,
    color: is_strong ? look.ink : look.soft_ink,
    fontWeight: is_strong ? ('bold' as const) : ('normal' as const),
  };
}

function tooltipOf(look: Look, textAt: (at: number) => string) {
  return {
    trigger: 'axis',
    // Painted, because a page under its policy may style nothing that comes as text.
    renderMode: 'richText',
    axisPointer: { type: 'none' },
    backgroundColor: look.ink,
    borderWidth: 0,
    padding: [6, 10],
    confine: true,
    transitionDuration: 0,
    textStyle: { ...textOf(look), color: look.paper },
    formatter: (shown: unknown) => {
      const [first] = shown as { dataIndex: number }[];
      return first ? textAt(first.dataIndex) : '';
    },
  };
}

/** Bars stacked from appointments, plain, and walk-ins, hatched. Without walk-ins all bars are plain. */
export function arrivalsOption(arrivals: Arrivals, look: Look): EChartsCoreOption {
  const { span, buckets } = arrivals;
  const counts = buckets.map(({ count }) => count);
  const peak = peakOf(counts);
  const step = lineStep(Math.max(1, ...counts));
  const label = (at: number) => (at === peak ? { label: { show: true } } : {});
  const series = (data: object[], more: object) => ({
    type: 'bar',
    stack: 'visits',
    barCategoryGap: span === 'hari' ? '20%' : '30%',
    barMaxWidth: 40,
    data,
    emphasis: { disabled: true },
    label: {
      show: false,
      position: 'top',
      formatter: () => countText(counts[peak] ?? 0),
      ...textOf(look, true),
    },
    ...more,
  });
  // A bar of no height would still cover the ground line with its edge.
  const valueOf = (count: number) => (count > 0 ? count : '-');
  const isOnTop = ({ walk_in }: Bucket) => walk_in > 0;
  const planned = buckets.map((bucket, at) => ({
    value: valueOf(bucket.count - bucket.walk_in),
    ...(isOnTop(bucket) ? {} : label(at)),
  }));
  const walked = buckets.map((bucket, at) => ({
    value: valueOf(bucket.walk_in),
    ...(isOnTop(bucket) ? label(at) : {}),
  }));
  return {
    ...base(look),
    tooltip: tooltipOf(look, (at) => bucketText(buckets[at], span)),
    xAxis: {
      type: 'category',
      data: buckets.map(({ from }) => from),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: look.border } },
      axisLabel: {
        ...textOf(look),
        hideOverlap: true,
        interval:
          span === 'hari' && buckets.length > FEW_DAYS ? (_: number, from: string) => isFifth(from) : 'auto',
        formatter: (from: string) => bucketLabel(span, from, buckets.length <= FEW_DAYS),
      },
    },
    yAxis: {
      type: 'value',
      min: 0,
      max: Math.max(1, ...counts) * HEADROOM,
      interval: step,
      axisTick: { show: false },
      axisLine: { show: false },
      splitLine: { showMaxLine: false, lineStyle: { color: look.line } },
      axisLabel: { ...textOf(look), showMaxLabel: false, formatter: (n: number) => countText(n) },
    },
    series: [
      series(planned, { itemStyle: { color: look.board } }),
      series(walked, {
        itemStyle: { color: look.soft_indigo, decal: hatching(look.indigo), borderColor: look.paper },
      }),
    ],
  };
}

function bucketText(bucket: Bucket | undefined, span: Arrivals['span']): string {
  if (!bucket) return '';
  const { from, count, walk_in } = bucket;
  const parts = [`${t.kolom.kunjungan}: ${countText(count)}`];
  if (walk_in) parts.push(`${t.kolom.tanpa_janji}: ${countText(walk_in)}`);
  return [bucketName(span, from), ...parts].join('\n');
}

/** Bars with their numbers above; the highest stands out. */
export function hoursOption(hours: Hour[], look: Look): EChartsCoreOption {
  const counts = hours.map(({ count }) => count);
  const peak = peakOf(counts);
  const is_short = Math.max(0, ...counts) < LONG_NUMBER;
  return {
    ...base(look),
    tooltip: { show: false },
    grid: { left: 0, right: 0, top: 8, bottom: 0, outerBoundsMode: 'same' },
    xAxis: {
      type: 'category',
      data: hours.map(({ hour }) => String(hour).padStart(2, '0')),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: look.border } },
      axisLabel: { ...textOf(look), hideOverlap: true },
    },
    yAxis: { type: 'value', show: false, min: 0, max: Math.max(1, ...counts) * 1.25 },
    series: [
      {
        type: 'bar',
        barCategoryGap: '26%',
        barMaxWidth: 56,
        emphasis: { disabled: true },
        itemStyle: { color: look.border, borderRadius: [2, 2, 0, 0] },
        label: {
          show: true,
          position: 'top',
          // Long numbers would touch each other; the table has them all.
          formatter: ({ value, dataIndex }: { value: number; dataIndex: number }) =>
            value > 0 && (is_short || dataIndex === peak) ? countText(value) : '',
          ...textOf(look),
        },
        labelLayout: { hideOverlap: true },
        data: counts.map((value, at) =>
          at === peak ? { value, itemStyle: { color: look.board }, label: textOf(look, true) } : value,
        ),
      },
    ],
  };
}

/** What a screen reader says in place of the picture. */
export function hourRange(hour: number): string {
  return `${hourText(hour)} – ${hourText(hour + 1)}`;
}

function base(look: Look) {
  return {
    textStyle: textOf(look),
    grid: { left: 0, right: 4, top: 8, bottom: 0, outerBoundsMode: 'same' },
  };
}

/** Diagonal strokes, so that a series is known without its colour. */
function hatching(color: string) {
  return {
    symbol: 'rect',
    symbolSize: 1,
    rotation: -Math.PI / 4,
    color,
    dashArrayX: [1, 0],
    dashArrayY: [2, 3],
  };
}

/** The first of a month, and every fifth day. */
function isFifth(from: string): boolean {
  const day = Number(from.slice(8));
  return day === 1 || (day % 5 === 0 && day < 30) || day === 30;
}
