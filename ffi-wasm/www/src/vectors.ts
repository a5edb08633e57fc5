import { make } from './dom';
import { startWorker } from './evolution';
import type { Report, Task } from './worker';

const FILES = ['epoch/ties.json', 'epoch/features.json', 'subtensor-475/epoch.json'] as const;
const texts = (): Promise<string[]> => Promise.all([
  import('@vectors/epoch/ties.json?raw'), import('@vectors/epoch/features.json?raw'), import('@vectors/subtensor-475/epoch.json?raw'),
].map(async (one) => (await one).default));

export function checker(place: HTMLElement): void {
  const state = make('p', { id: 'check-state', class: 'callout', role: 'status' }, 'Not run yet.');
  const progress = make('progress', { max: 1, value: 0, 'aria-label': 'Vectors judged' });
  const results = make('ul', { id: 'check-files', class: 'files' });
  const failures = make('ul', { id: 'check-failures' });
  let worker: Worker | null = null;
  const start = make('button', { type: 'button', class: 'primary', id: 'check', onclick: () => void run() }, 'Check this build');
  const cancel = make('button', { type: 'button', disabled: true, onclick: () => finish('Cancelled.', 'open') }, 'Cancel');
  function finish(text: string, outcome: 'open' | 'green' | 'red'): void {
    worker?.terminate();
    worker = null;
    start.disabled = false;
    cancel.disabled = true;
    state.textContent = text;
    state.dataset['outcome'] = outcome;
  }
  async function run(): Promise<void> {
    start.disabled = true;
    cancel.disabled = false;
    results.replaceChildren();
    failures.replaceChildren();
    state.textContent = 'Running…';
    state.dataset['outcome'] = 'open';
    const files = (await texts()).map((text, at) => ({ name: FILES[at] ?? '', text }));
    let [passed, failed, whole] = [0, 0, 0];
    const counts = new Map<string, { passed: number; of: number; line: HTMLElement }>();
    worker = startWorker();
    worker.onmessage = ({ data }: MessageEvent<Report>): void => {
      if (data.kind === 'case') {
        let count = counts.get(data.file);
        if (count === undefined) {
          count = { passed: 0, of: data.of, line: make('li') };
          counts.set(data.file, count);
          results.append(count.line);
          whole++;
        }
        if (data.fault === null) { passed++; count.passed++; } else {
          failed++;
          failures.append(make('li', {}, `${data.file}, ${data.name}: ${data.fault}`));
        }
        count.line.textContent = `${data.file}: ${count.passed} of ${count.of} passed`;
        progress.value = (whole - 1 + data.number / data.of) / FILES.length;
      } else if (data.kind === 'failed') finish(data.message, 'red');
      else if (data.kind === 'done') finish(`${failed === 0 ? '✓' : '✗'} ${passed} passed, ${failed} failed`, failed === 0 && passed > 0 ? 'green' : 'red');
    };
    worker.onerror = (event): void => finish(`The worker failed: ${event.message}`, 'red');
    const task: Task = { kind: 'check', files };
    worker.postMessage(task);
  }
  place.append(
    make('h2', {}, 'Check this build'),
    make('p', {}, 'Golden vectors, run in your browser by the same module that draws this page: every field of every epoch, no tolerance. The files of 425 are made with the chain’s own code; those of 475 are computed by two programs that agree.'),
    make('div', { class: 'row' }, start, cancel, progress), state, results, failures,
  );
}
