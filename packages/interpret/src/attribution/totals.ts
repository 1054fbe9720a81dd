import type { Method } from './method';
import type { Examples } from './references';
import type { Found, Row } from './slopes';

/** Adds up slopes and contributions over the points of each example, in double precision. */
export class Totals {
  /** Of one example's contributions. */
  shape: readonly number[];
  contributions!: Float64Array;
  multipliers!: Float64Array;
  hypothetical!: Float64Array;
  readonly output: Float64Array;
  readonly reference: Float64Array;

  constructor(
    private readonly times: Method['times'],
    private readonly examples: Examples,
  ) {
    this.output = new Float64Array(examples.count);
    this.reference = new Float64Array(examples.count);
    this.shape = examples.shape;
    this.allocate();
  }

  /** Counts the rows in; what the device gave beyond them was filling. */
  add(rows: readonly Row[], found: Found): void {
    if (found.shape.join() !== this.shape.join()) {
      this.shape = found.shape;
      this.allocate();
    }
    rows.forEach((row, k) => {
      this.output[row.example] = found.output[k];
      this.reference[row.example] = this.reference[row.example] + row.weight * found.reference[k];
      this.addRow(row, k, found);
    });
  }

  private allocate(): void {
    const size = this.examples.count * this.shape.reduce((a, b) => a * b, 1);
    this.contributions = new Float64Array(size);
    this.multipliers = new Float64Array(size);
    this.hypothetical = new Float64Array(size);
  }

  private addRow({ example, weight, values }: Row, k: number, found: Found) {
    const size = this.shape.reduce((a, b) => a * b, 1);
    const letters = this.shape.at(-1) ?? 1;
    const [own, row] = [example * size, k * size];
    const x = found.x ? (i: number) => found.x![row + i] : (i: number) => this.examples.data[own + i];
    const x0 = found.x0 ? (i: number) => found.x0![row + i] : (i: number) => values[i];
    for (let start = 0; start < size; start += letters) {
      let expected = 0; // what the reference's own letters give at this position
      for (let i = start; i < start + letters; i++) expected += x0(i) * found.slope[row + i];
      for (let i = start; i < start + letters; i++) {
        const slope = weight * found.slope[row + i];
        const factor = this.times === 'nothing' ? 1 : x(i) - x0(i);
        this.multipliers[own + i] = this.multipliers[own + i] + slope;
        this.contributions[own + i] = this.contributions[own + i] + slope * factor;
        this.hypothetical[own + i] = this.hypothetical[own + i] + slope - weight * expected;
      }
    }
  }
}
