// Epoch after epoch, and the golden vectors, beside the page.
import { epoch, following, ready, type Params, type Subnet } from './engine';
import { judge } from './check';
import { explain } from './subnetFile';

export type Task =
  | { kind: 'evolve'; params: Params; subnet: Subnet; epochs: number; blocks: bigint; freshWeights: boolean }
  | { kind: 'check'; files: readonly { name: string; text: string }[] };

export interface Step {
  readonly epoch: number; readonly block: bigint;
  readonly incentive: Uint16Array; readonly dividends: Uint16Array; readonly consensus: Uint16Array;
  readonly validatorTrust: Uint16Array; readonly emission: BigUint64Array;
}
export type Report =
  | { kind: 'step'; step: Step }
  | { kind: 'case'; file: string; name: string; fault: string | null; number: number; of: number }
  | { kind: 'done' }
  | { kind: 'failed'; message: string };

const report = (message: Report): void => self.postMessage(message);

function run(task: Task): void {
  if (task.kind === 'check') {
    for (const { name, text } of task.files) {
      let number = 0;
      for (const { verdict, of } of judge(text)) report({ kind: 'case', file: name, ...verdict, number: ++number, of });
    }
    return;
  }
  let subnet = task.subnet;
  for (let number = 1; number <= task.epochs; number++) {
    const outcome = epoch(task.params, subnet);
    const { incentive, dividends, consensus, validatorTrust, emission } = outcome;
    report({
      kind: 'step',
      step: { epoch: number, block: BigInt(subnet.currentBlock), incentive, dividends, consensus, validatorTrust, emission },
    });
    subnet = following(subnet, outcome, task.blocks, task.freshWeights);
  }
}

self.addEventListener('message', (event: MessageEvent<Task>) => {
  ready.then(() => {
    run(event.data);
    report({ kind: 'done' });
  }).catch((error: unknown) => report({ kind: 'failed', message: explain(error) }));
});
