// The pools that the module asks. It asks the last: a pool may itself call a function that asks another.
import { Answer, Message } from './door.js';
import { refuse } from './errors.js';
import { POOL, QUESTION } from './fields.js';

const markets = [];

/** What the pool at hand answers to the module's question; nothing if it throws, and from then on. */
export function ask(question) {
  const market = markets.at(-1);
  const message = new Message();
  if (market.failed) return message.written();
  try {
    const { method, subnet, amounts } = QUESTION.read(new Answer(question));
    const asked = Reflect.get(market.pool, method);
    if (typeof asked !== 'function') throw refuse('type', 'pool', null, null, `pool has no function ${method}`);
    POOL[method].write(message, asked.call(market.pool, subnet, ...amounts), method, null);
    return message.written();
  } catch (error) {
    market.failed = true;
    market.error = error;
    return new Uint8Array(0);
  }
}

/** Does something with a pool, and throws what the pool threw. */
export function withPool(pool, act) {
  const market = { pool, failed: false, error: undefined };
  markets.push(market);
  try {
    return act();
  } finally {
    markets.pop();
    // What the pool throws comes before all else.
    if (market.failed) throw market.error;
  }
}
