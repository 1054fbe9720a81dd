import type { Bound } from './bound';
import type { Size } from './options';

/** A number that was measured, beside what it should be. */
export interface ReportedNumber {
  readonly name: string;
  /** NaN and the infinities are null, as in JSON: no bound holds for them. */
  readonly value: number | null;
  readonly unit?: string;
  /** What it should be; absent where it is there to compare with. */
  readonly threshold?: string;
  /** Whether it is so; null without a threshold. */
  readonly pass: boolean | null;
  /** What would be better still, and whether it is so. */
  readonly goal?: string;
  readonly reachesGoal?: boolean;
  /** The system whose evidence it is, by its number. */
  readonly row?: number;
}

/** A number as an experiment reports it. */
export interface NumberSettings {
  readonly name: string;
  readonly value: number;
  readonly unit?: string;
  readonly row?: number;
  readonly threshold?: Bound;
  /** In place of `threshold` in a quick run; null where such a run says nothing about it. */
  readonly quick?: Bound | null;
  readonly goal?: Bound;
}

/** What a report is made of, beside its numbers. */
export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  /** Something that the reader must know to understand the numbers, such as that the data are simulated. */
  | { readonly kind: 'note'; readonly text: string }
  | {
      readonly kind: 'table';
      readonly caption: string;
      readonly columns: readonly string[];
      readonly rows: readonly (readonly (string | number)[])[];
    }
  | { readonly kind: 'figure'; readonly svg: string; readonly caption: string };

/** What an experiment finds, in the order in which it tells it. */
export class Report {
  readonly numbers: ReportedNumber[] = [];
  readonly blocks: Block[] = [];
  /** Where the data come from, one sentence each. */
  readonly sources: string[] = [];

  constructor(readonly size: Size) {}

  /** Reports a number; all of them stand in one table at the top of the page. */
  number({ name, value, unit, row, threshold, quick, goal }: NumberSettings): void {
    const bound = this.size === 'quick' && quick !== undefined ? (quick ?? undefined) : threshold;
    this.numbers.push({
      ...{ name, value: Number.isFinite(value) ? value : null, pass: bound ? bound.holds(value) : null },
      ...(unit !== undefined && { unit }),
      ...(bound && { threshold: bound.text }),
      ...(goal && this.size === 'full' && { goal: goal.text, reachesGoal: goal.holds(value) }),
      ...(row !== undefined && { row }),
    });
  }

  /** Says what the numbers were measured on: the data set, or how it was simulated. */
  data(source: string): void {
    this.sources.push(source);
  }

  /** Begins a part of the page. */
  heading(text: string): void {
    this.blocks.push({ kind: 'heading', text });
  }

  /** A paragraph. */
  text(text: string): void {
    this.blocks.push({ kind: 'text', text });
  }

  /** A paragraph that nobody should miss. */
  note(text: string): void {
    this.blocks.push({ kind: 'note', text });
  }

  /** Rows under the names of their columns; the first column names the row. */
  table(caption: string, columns: readonly string[], rows: readonly (readonly (string | number)[])[]): void {
    this.blocks.push({ kind: 'table', caption, columns, rows });
  }

  /** A picture, as one `<svg>` element, and what it shows. */
  figure(svg: string, caption: string): void {
    this.blocks.push({ kind: 'figure', svg, caption });
  }
}
