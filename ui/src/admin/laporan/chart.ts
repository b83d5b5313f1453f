/** The one place that knows ECharts: only what the reports use, painted on a canvas. */
import { BarChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import { init, use, type EChartsCoreOption } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { CanvasRenderer } from 'echarts/renderers';

use([BarChart, GridComponent, TooltipComponent, LabelLayout, CanvasRenderer]);

/** A size in pixels for what is printed; on screen a chart is as large as its place. */
export type FixedSize = { width: number; height: number };
export type Painted = { update: (option: EChartsCoreOption) => void; end: () => void };

/** Paper shows more than a screen. */
const PRINT_PIXELS = 3;

/** Paints at once and without motion, and again whenever the place becomes another size. */
export function paint(node: HTMLElement, option: EChartsCoreOption, fixed?: FixedSize): Painted {
  const chart = init(node, null, {
    renderer: 'canvas',
    ...(fixed ? { ...fixed, devicePixelRatio: PRINT_PIXELS } : {}),
  });
  const show = (option: EChartsCoreOption) => {
    chart.setOption({ ...option, animation: false }, { notMerge: true });
    // Otherwise the next frame paints it, and nobody waits for that before printing.
    if (fixed) chart.getZr().flush();
  };
  show(option);
  const sizes = new ResizeObserver(() => {
    const is_seen = node.clientWidth > 0 && node.clientHeight > 0;
    if (is_seen && (node.clientWidth !== chart.getWidth() || node.clientHeight !== chart.getHeight()))
      chart.resize();
  });
  if (!fixed) sizes.observe(node);
  return {
    update: show,
    end: () => {
      sizes.disconnect();
      chart.dispose();
    },
  };
}
