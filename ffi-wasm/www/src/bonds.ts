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
  /** The uids of the cell that was chosen last: a new epoch reads it again. */
  #chosen: { validator: number; miner: number } | null = null;
  /** Where the cells are, in pixels of the screen. */
  #box = { left: 0, width: 1, height: 1 };

  constructor(place: HTMLElement) {
    place.append(make('div', { class: 'line' }, this.#legend, this.#read), make('div', { class: 'heat' }, this.#canvas));
    this.#canvas.addEventListener('pointermove', (event) => {
      const box = this.#canvas.getBoundingClientRect();
      const { left, width, height } = this.#box;
      this.#move(Math.floor(((event.clientY - box.top) / height) * this.#rows.length), Math.floor(((event.clientX - box.left - left) / width) * this.#columns.length));
    });
    this.#canvas.addEventListener('keydown', (event) => {
      const step = ({ ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] } as Record<string, [number, number]>)[event.key];
      if (step === undefined) return;
      event.preventDefault();
      this.#move(this.#at.row + step[0], this.#at.column + step[1]);
    });
    for (const event of ['focus', 'blur']) this.#canvas.addEventListener(event, () => this.#draw());
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
    const [row, column] = [this.#rows.indexOf(this.#chosen?.validator ?? -1), this.#columns.indexOf(this.#chosen?.miner ?? -1)];
    if (row >= 0 && column >= 0) {
      this.#move(row, column);
      return;
    }
    this.#chosen = null;
    this.#at = { row: 0, column: 0 };
    this.#say(this.#rows.length === 0 ? 'Nobody holds a bond.' : `${this.#rows.length} validators, ${this.#columns.length} miners`);
    this.#draw();
  }

  /** A screen reader hears it again only when it is something else. */
  #say(text: string): void {
    if (this.#read.textContent !== text) this.#read.textContent = text;
  }

  #move(row: number, column: number): void {
    if (this.#rows.length === 0 || this.#columns.length === 0) return;
    this.#at = { row: Math.min(Math.max(row, 0), this.#rows.length - 1), column: Math.min(Math.max(column, 0), this.#columns.length - 1) };
    const value = this.#cells[this.#at.row * this.#columns.length + this.#at.column] ?? 0;
    this.#chosen = { validator: this.#rows[this.#at.row] ?? -1, miner: this.#columns[this.#at.column] ?? -1 };
    this.#say(`validator ${this.#chosen.validator} → miner ${this.#chosen.miner}: ${whole(value)} of 65535`);
    this.#draw();
  }

  #draw(): void {
    const canvas = this.#canvas;
    const [rows, columns] = [this.#rows.length, this.#columns.length];
    canvas.hidden = rows === 0 || columns === 0;
    const outer = canvas.parentElement?.clientWidth ?? 0;
    if (canvas.hidden || outer === 0) return;
    // In pixels of the screen first: uids stand left of the rows and below the columns, as many as there is room for.
    const ratio = devicePixelRatio;
    const left = 34;
    const right = 8;
    const below = 18;
    const width = Math.min(outer - left - right, columns * 56);
    const tall = Math.min(Math.max(Math.floor(width / columns), 9), rows > 12 ? 14 : 32);
    this.#box = { left, width, height: tall * rows };
    const size = { width: left + width + right, height: tall * rows + below };
    canvas.width = Math.round(size.width * ratio);
    canvas.height = Math.round(size.height * ratio);
    canvas.style.width = `${size.width}px`;
    canvas.style.height = `${size.height}px`;
    const context = canvas.getContext('2d');
    if (context === null) return;
    context.scale(ratio, ratio);
    const edge = (column: number): number => Math.round((left + (width * column) / columns) * ratio) / ratio;
    const gap = width / columns >= 6 ? 1 : 0;
    const fill = (at: number): void => {
      const [row, column] = [Math.floor(at / columns), at % columns];
      context.fillRect(edge(column), row * tall, edge(column + 1) - edge(column) - gap, tall - gap);
    };
    context.fillStyle = color('--cell');
    this.#cells.forEach((_, at) => fill(at));
    context.fillStyle = color('--accent');
    this.#cells.forEach((value, at) => {
      if (value === 0) return;
      context.globalAlpha = 0.12 + (0.88 * value) / this.#most; // the picture only
      fill(at);
    });
    context.globalAlpha = 1;
    context.fillStyle = color('--muted');
    context.font = '11px system-ui, sans-serif';
    context.textBaseline = 'middle';
    context.textAlign = 'right';
    const everyRow = Math.ceil(13 / tall);
    this.#rows.forEach((uid, row) => { if (row % everyRow === 0) context.fillText(String(uid), left - 6, (row + 0.5) * tall); });
    context.textAlign = 'center';
    const everyColumn = Math.ceil(28 / (width / columns));
    this.#columns.forEach((uid, column) => { if (column % everyColumn === 0) context.fillText(String(uid), left + (width * (column + 0.5)) / columns, tall * rows + below / 2 + 1); });
    if (this.#chosen !== null || document.activeElement === canvas) {
      context.strokeStyle = color('--text');
      context.lineWidth = 2;
      context.strokeRect(edge(this.#at.column), this.#at.row * tall, edge(this.#at.column + 1) - edge(this.#at.column) - gap, tall - gap);
    }
  }
}
