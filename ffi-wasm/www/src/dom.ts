type Child = Node | string;
type Attributes = Record<string, string | number | boolean | ((event: Event) => void)>;

/** An element with attributes, listeners (`onclick`…) and children. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K, attributes: Attributes = {}, ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false) element.setAttribute(name, String(value));
  }
  element.append(...children);
  return element;
}

export function find<T extends HTMLElement>(id: string): T {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page has no element ${id}`);
  return element as T;
}

export function color(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

// What is asked for and not drawn yet. The root element carries the number for whoever waits for the page, as its tests do.
let pending = 0;
function pend(change: 1 | -1): void {
  pending += change;
  document.documentElement.dataset['pending'] = String(pending);
}

/** Calls back once per frame at most, with the last call. */
export function perFrame(run: () => void): () => void {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    pend(1);
    requestAnimationFrame(() => {
      waiting = false;
      try {
        run();
      } finally {
        pend(-1);
      }
    });
  };
}

/** Counts a task as pending until it ends. */
export async function whilePending(task: () => Promise<void>): Promise<void> {
  pend(1);
  try {
    await task();
  } finally {
    pend(-1);
  }
}

/** Calls back when nobody called for a while. */
export function afterPause(milliseconds: number, run: () => void): () => void {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(run, milliseconds);
  };
}
