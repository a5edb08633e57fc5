import type { Outcome } from './engine';
import { color, make } from './dom';
import { whole } from './text';

/** A heat map of the stored bonds, readable cell by cell with the pointer or the arrow keys. */
export class Bonds {
  readonly #canvas = make('canvas', { tabindex: 0, role: 'application', 'aria-roledescription': 'heat map', 'aria-label': 'Bonds heat map', 'aria-describedby': 'bonds-read bonds-hint' });
  readonly #read = make('output', { id: 'bonds-read', 'aria-live': 'polite' });
  readonly #legend = make('div', { class: 'ramp', 'aria-hidden': 'true' });
  #most = 1;
  #rows: number[] = [];
  #columns: number[] = [];
  #cells: Uint16Array = new Uint16Array();
  #at = { row: 0, column: 0 };

  constructor(place: HTMLElement) {
    place.append(make('div', { class: 'line' }, this.#legend, this.#read), make('div', { class: 'heat' }, this.#canvas));
    this.#canvas.addEventListener('pointermove', (event) => {
      const box = this.#canvas.getBoundingClientRect();
      this.#move(Math.floor(((event.clientY - box.top) / box.height) * this.#rows.length), Math.floor(((event.clientX - box.left) / box.width) * this.#columns.length));
    });
    this.#canvas.addEventListener('keydown', (event) => {
      const step = ({ ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] } as Record<string, [number, number]>)[event.key];
      if (step === undefined) return;
      event.preventDefault();
      this.#move(this.#at.row + step[0], this.#at.column + step[1]);
    });
    new ResizeObserver(() => this.#draw()).observe(place);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#draw());
  }

  show({ bonds, validatorPermit }: Outcome): void {
    const columns = new Set<number>();
    bonds.columns.forEach((column, at) => { if ((bonds.values[at] ?? 0) > 0) columns.add(column); });
    this.#columns = [...columns].sort((one, other) => one - other);
    this.#rows = validatorPermit.flatMap((permit, uid) => (permit && (bonds.offsets[uid + 1] ?? 0) > (bonds.offsets[uid] ?? 0) ? [uid] : []));
    const place = new Map(this.#columns.map((uid, at) => [uid, at]));
    this.#cells = new Uint16Array(this.#rows.length * this.#columns.length);
    this.#rows.forEach((uid, row) => {
      for (let at = bonds.offsets[uid] ?? 0; at < (bonds.offsets[uid + 1] ?? 0); at++) {
        const column = place.get(bonds.columns[at] ?? -1);
        if (column !== undefined) this.#cells[row * this.#columns.length + column] = bonds.values[at] ?? 0;
      }
    });
    this.#most = this.#cells.reduce((most, value) => Math.max(most, value), 1);
    this.#legend.replaceChildren('0 ', make('i'), ` ${whole(this.#most)}`);
    this.#at = { row: 0, column: 0 };
    this.#read.textContent = this.#rows.length === 0 ? 'Nobody holds a bond.' : `${this.#rows.length} validators, ${this.#columns.length} miners`;
    this.#draw();
  }

  #move(row: number, column: number): void {
    if (this.#rows.length === 0 || this.#columns.length === 0) return;
    this.#at = { row: Math.min(Math.max(row, 0), this.#rows.length - 1), column: Math.min(Math.max(column, 0), this.#columns.length - 1) };
    const value = this.#cells[this.#at.row * this.#columns.length + this.#at.column] ?? 0;
    this.#read.textContent = `validator ${this.#rows[this.#at.row]} → miner ${this.#columns[this.#at.column]}: ${whole(value)} of 65535`;
    this.#draw();
  }

  #draw(): void {
    const canvas = this.#canvas;
    const [rows, columns] = [this.#rows.length, this.#columns.length];
    canvas.hidden = rows === 0 || columns === 0;
    const outer = canvas.parentElement?.clientWidth ?? 0;
    if (canvas.hidden || outer === 0) return;
    const ratio = devicePixelRatio;
    const cell = Math.max(2, Math.floor(Math.min(outer, columns * 56) * ratio / columns));
    const tall = Math.round(Math.min(Math.max(cell / ratio, 6), rows > 12 ? 14 : 32) * ratio);
    canvas.width = cell * columns;
    canvas.height = tall * rows;
    canvas.style.width = '100%';
    canvas.style.maxWidth = `${columns * 56}px`;
    canvas.style.height = `${canvas.height / ratio}px`;
    const context = canvas.getContext('2d');
    if (context === null) return;
    context.fillStyle = color('--cell');
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.fillStyle = color('--accent');
    this.#cells.forEach((value, at) => {
      if (value === 0) return;
      context.globalAlpha = 0.12 + (0.88 * value) / this.#most; // the picture only
      context.fillRect((at % columns) * cell, Math.floor(at / columns) * tall, cell, tall);
    });
    context.globalAlpha = 1;
    if (document.activeElement === canvas) {
      context.strokeStyle = color('--text');
      context.lineWidth = 2;
      context.strokeRect(this.#at.column * cell, this.#at.row * tall, cell, tall);
    }
  }
}
