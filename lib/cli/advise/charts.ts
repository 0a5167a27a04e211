import { loadBundled } from '../../handlers/load-bundled';
import type { BarData, LineData } from './chart-data';

interface Chart {
  setOption(option: object): void;
  renderToSVGString(): string;
  dispose(): void;
}

/** As much of echarts as is used here; only its SVG renderer is bundled. */
interface ECharts {
  init(element: null, theme: null, options: { renderer: 'svg'; ssr: true; width: number; height: number }): Chart;
}

const WIDTH = 720;
const HEIGHT = 340;
/** Blue, orange, green and red that people with colour blindness tell apart. */
const COLOURS = ['#0072b2', '#e69f00', '#009e73', '#d55e00'];
const GRID = { left: 70, right: 60, top: 40, bottom: 50 };
const SHARED = { animation: false, color: COLOURS, grid: GRID, textStyle: { fontFamily: 'system-ui, sans-serif' } };

function drawn(option: object): string {
  const { init } = loadBundled<ECharts>('echarts');
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: HEIGHT });
  try {
    chart.setOption({ ...SHARED, ...option });
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}

/** USD a month over requests a month, both in powers of ten. */
export function costChart({ series, mark }: LineData): string {
  const axis = (name: string) => ({ type: 'log', name, nameLocation: 'middle', nameGap: 32 });
  return drawn({
    legend: { top: 0, itemGap: 28 },
    xAxis: axis('requests a month'),
    yAxis: { ...axis('USD a month'), nameGap: 52 },
    series: series.map(({ name, points }, index) => ({
      type: 'line',
      name,
      data: points,
      showSymbol: false,
      ...(index === 0 && {
        markLine: {
          silent: true,
          symbol: 'none',
          label: { formatter: mark.label },
          lineStyle: { color: '#555' },
          data: [{ xAxis: mark.at }],
        },
      }),
    })),
  });
}

/** Seconds of an answer, with lines for what it may take. */
export function timeChart({ bars, limits }: BarData): string {
  const longest = Math.max(...bars.map(({ value }) => value), ...limits.map(({ value }) => value));
  return drawn({
    xAxis: { type: 'category', data: bars.map(({ name }) => name) },
    yAxis: { type: 'value', name: 'seconds', max: longest * 1.1 },
    series: [
      {
        type: 'bar',
        barMaxWidth: 90,
        data: bars.map(({ value }) => value),
        label: { show: true, position: 'top', formatter: ({ value }: { value: number }) => `${Number(value.toPrecision(3))} s` },
        markLine: {
          silent: true,
          symbol: 'none',
          lineStyle: { color: COLOURS[3] },
          data: limits.map(({ name, value }) => ({
            yAxis: value,
            label: { formatter: `${name} ${Number(value.toPrecision(3))} s`, position: 'insideEndTop' },
          })),
        },
      },
    ],
  });
}
