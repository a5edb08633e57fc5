import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { color, make } from './dom';
import { whole } from './text';

const drawn = new Map<HTMLElement, { plot: uPlot; again: () => void }>();
const observer = new ResizeObserver((entries) => {
  for (const { target, contentRect } of entries) {
    const plot = drawn.get(target as HTMLElement)?.plot;
    if (plot && contentRect.width > 0 && Math.abs(plot.width - contentRect.width) > 1) {
      plot.setSize({ width: Math.floor(contentRect.width), height: plot.height });
    }
  }
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { for (const { again } of [...drawn.values()]) again(); });

function put(place: HTMLElement, build: () => uPlot): void {
  drawn.get(place)?.plot.destroy();
  place.replaceChildren();
  drawn.set(place, { plot: build(), again: () => put(place, build) });
  observer.observe(place);
}

const axis = (values?: uPlot.Axis['values'], size?: number): uPlot.Axis => ({
  stroke: color('--muted'), grid: { stroke: color('--grid'), width: 1 }, ticks: { show: false }, font: '11px system-ui',
  ...(values ? { values } : {}), ...(size ? { size } : {}),
});
/** At most one mark per place: uids are whole numbers. */
const wholes: uPlot.Axis['values'] = (_, marks) => marks.map((mark) => (Number.isInteger(mark) ? String(mark) : ''));

export interface Bars { title: string; values: readonly number[]; labels: readonly string[]; describe: (at: number) => string; tone?: string; axisX?: string }

/** Bars by place, with a line that reads the one under the pointer. The picture only: the numbers are in the table. */
export function bars(place: HTMLElement, { title, values, labels, describe, tone = '--accent' }: Bars): void {
  let figure = place.querySelector<HTMLElement>('figure');
  if (figure === null) {
    figure = make('figure', {}, make('figcaption', {}, make('b'), make('output')), make('div', { class: 'plot', 'aria-hidden': 'true' }));
    place.append(figure);
  }
  const heading = figure.querySelector('b');
  const read = figure.querySelector('output');
  const plot = figure.querySelector<HTMLElement>('.plot');
  if (heading === null || read === null || plot === null) return;
  heading.textContent = title;
  read.textContent = '';
  const size = values.length;
  put(plot, () => new uPlot({
    width: Math.max(200, Math.floor(plot.clientWidth)), height: 120, legend: { show: false },
    cursor: { sync: { key: 'uid' }, y: false, drag: { x: false, y: false }, points: { show: false } },
    scales: { x: { time: false, range: [-0.75, Math.max(0.75, size - 0.25)] }, y: { range: (_, __, most) => [0, Math.max(1, most * 1.05)] } },
    axes: [
      { ...axis((_, marks) => marks.map((mark) => labels[mark] ?? ''), 24), gap: 2 },
      { ...axis((_, marks) => marks.map((mark) => (Number.isInteger(mark) ? whole(mark) : '')), values.some((value) => value > 999_999) ? 80 : 58), space: 24 },
    ],
    series: [{}, { stroke: color(tone), fill: color(tone), width: 0, points: { show: false }, paths: uPlot.paths.bars?.({ size: [0.8, 40], align: 0 }) ?? null } as uPlot.Series],
    hooks: { setCursor: [(chart) => { const at = chart.cursor.idx; read.textContent = at === null || at === undefined ? '' : describe(at); }] },
  }, [Array.from({ length: size }, (_, at) => at), [...values]], plot));
}

export interface Line { label: string; values: readonly (number | null)[] }

export function lines(
  place: HTMLElement, x: readonly number[], series: readonly Line[],
  options: { time?: boolean; height?: number; unit?: (value: number) => string; most?: number; axisSize?: number } = {},
): void {
  put(place, () => new uPlot({
    width: Math.max(200, Math.floor(place.clientWidth)), height: options.height ?? 300,
    legend: { show: series.length > 1, live: false, markers: { dash: (_, at) => (at > 4 ? 'dashed' : 'solid') } },
    cursor: { drag: { x: true, y: false } },
    scales: { x: { time: options.time ?? false }, y: { range: (_, __, most) => [0, options.most ?? Math.max(1, most * 1.05)] } },
    axes: [
      axis(options.time ? undefined : wholes, 30),
      axis((_, marks) => marks.map((mark) => (options.unit ? options.unit(mark) : Number.isInteger(mark) ? whole(mark) : '')), options.axisSize ?? 62),
    ],
    series: [{}, ...series.map((one, at) => ({ label: one.label, stroke: color(`--series-${(at % 8) + 1}`), width: 2, points: { show: x.length < 3 }, ...(at > 3 ? { dash: [8, 5] } : {}) }))], // not by colour alone
  }, [[...x], ...series.map((one) => [...one.values])] as uPlot.AlignedData, place));
}
