import type { Pace } from '../long-run';
import type { SparseRows } from './gapped-kmers';

/** The rows nearest to each row. */
export interface Neighbours {
  /** How many each row has, as many or fewer than `most`. */
  readonly counts: Uint32Array;
  /** [rows, most], nearest first. */
  readonly rows: Uint32Array;
  readonly most: number;
}

/**
 * For each row the `most` others of the largest cosine, on either strand if `turned`, the same rows on the other strand,
 * is given. Exact, without a matrix of all pairs: an index from columns to rows adds up the products of one row with all
 * others that share a column with it.
 */
export async function nearest(
  rows: SparseRows,
  turned: SparseRows | undefined,
  most: number,
  pace: Pace,
): Promise<Neighbours> {
  const count = rows.starts.length - 1;
  const index = byColumn(rows);
  const cosines = [new Float32Array(count), new Float32Array(count)];
  const nearestOf = new Nearest(most);
  const found = { counts: new Uint32Array(count), rows: new Uint32Array(count * most), most };
  for (let row = 0; row < count; row++) {
    products(rows, row, index, cosines[0]);
    if (turned) products(turned, row, index, cosines[1]);
    const [given, other] = cosines;
    for (let i = 0; i < count; i++) {
      const cosine = given[i] > other[i] ? given[i] : other[i];
      if (cosine > nearestOf.least && i !== row) nearestOf.offer(i, cosine);
    }
    found.counts[row] = nearestOf.drain(found.rows, row * most);
    await pace.step();
  }
  return found;
}

/** Rows and values by column: the transposed matrix. */
function byColumn({ starts, columns, values }: SparseRows): SparseRows {
  const width = columns.reduce((most, column) => Math.max(most, column + 1), 0);
  const begins = new Uint32Array(width + 1);
  for (const column of columns) begins[column + 1]++;
  for (let column = 0; column < width; column++) begins[column + 1] += begins[column];
  const next = begins.slice();
  const transposed = {
    starts: begins,
    columns: new Uint32Array(columns.length),
    values: new Float32Array(columns.length),
  };
  for (let row = 0; row + 1 < starts.length; row++) {
    for (let at = starts[row]; at < starts[row + 1]; at++) {
      const place = next[columns[at]]++;
      transposed.columns[place] = row;
      transposed.values[place] = values[at];
    }
  }
  return transposed;
}

/** The scalar products of one row of `rows` with all rows of the index. */
function products(rows: SparseRows, row: number, index: SparseRows, into: Float32Array): void {
  into.fill(0);
  const last = index.starts.length - 1;
  for (let at = rows.starts[row]; at < rows.starts[row + 1]; at++) {
    const [column, value] = [rows.columns[at], rows.values[at]];
    if (column >= last) continue; // only the other strand has this k-mer
    for (let i = index.starts[column]; i < index.starts[column + 1]; i++) {
      into[index.columns[i]] += value * index.values[i];
    }
  }
}

/** Keeps the best of what it is offered: a heap with the worst of them on top. */
class Nearest {
  /** What an offer must exceed to be kept. */
  least = 0;
  #size = 0;
  readonly #rows: Uint32Array;
  readonly #values: Float32Array;

  constructor(private readonly most: number) {
    this.#rows = new Uint32Array(most);
    this.#values = new Float32Array(most);
  }

  offer(row: number, value: number): void {
    if (this.#size < this.most) this.#rise(this.#size++, row, value);
    else this.#sink(row, value);
    if (this.#size === this.most) this.least = this.#values[0];
  }

  /** Writes the rows, best first, and begins anew; returns how many there were. */
  drain(into: Uint32Array, at: number): number {
    const order = Array.from({ length: this.#size }, (_, i) => i);
    order.sort((a, b) => this.#values[b] - this.#values[a] || this.#rows[a] - this.#rows[b]);
    order.forEach((place, i) => (into[at + i] = this.#rows[place]));
    [this.#size, this.least] = [0, 0];
    return order.length;
  }

  #rise(place: number, row: number, value: number): void {
    for (let above = (place - 1) >> 1; place > 0 && this.#values[above] > value; above = (place - 1) >> 1) {
      this.#put(place, this.#rows[above], this.#values[above]);
      place = above;
    }
    this.#put(place, row, value);
  }

  /** Takes the place of the worst. */
  #sink(row: number, value: number): void {
    let place = 0;
    for (let below = 1; below < this.most; below = 2 * place + 1) {
      if (below + 1 < this.most && this.#values[below + 1] < this.#values[below]) below++;
      if (this.#values[below] >= value) break;
      this.#put(place, this.#rows[below], this.#values[below]);
      place = below;
    }
    this.#put(place, row, value);
  }

  #put(place: number, row: number, value: number): void {
    this.#rows[place] = row;
    this.#values[place] = value;
  }
}
