import { coefficientOf } from '../../affine';
import type { Loop } from '../value';
import type { Writer } from '../writer';
import type { View } from './contract-views';

/** How an operand lies in memory: in fours along the summed axis, in fours along the tile, or neither. */
export type Layout = 'alongK' | 'alongTile' | 'scattered';

/** The layout of an operand: vec4 loads need a stride of 1 in one loop and multiples of 4 in all others. */
export function layoutOf(view: View, k: Loop | undefined, along: Loop): Layout {
  const isInFours = (loop: Loop) =>
    loop.size % 4 === 0 &&
    coefficientOf(view.index, loop.name) === 1 &&
    view.index.constant % 4 === 0 &&
    view.index.terms.every((t) => t.coefficient % 4 === 0 || (t.atom.kind === 'variable' && t.atom.name === loop.name));
  if (view.buffer.dtype !== 'f32') return 'scattered';
  if (k && isInFours(k)) return 'alongK';
  return isInFours(along) ? 'alongTile' : 'scattered';
}

const lanes = [0, 1, 2, 3];
const component = ['x', 'y', 'z', 'w'];

/** The loops that an operand's index depends on, beside the one along the tile. */
export interface Walk {
  readonly k: Loop | undefined;
  readonly outer: Loop | undefined;
  readonly batch: readonly Loop[];
}

/** Text for a square tile of `size` rows and columns in registers, `steps` of the sum at a time. */
export class Tile {
  private readonly rows: readonly number[];
  private readonly quads: readonly number[];
  private readonly steps: readonly number[];

  constructor(
    readonly size: 4 | 8,
    stepCount: 1 | 4,
  ) {
    this.rows = Array.from({ length: size }, (_, r) => r);
    this.quads = Array.from({ length: size / 4 }, (_, q) => q);
    this.steps = lanes.slice(0, stepCount);
  }

  /** Vectors of sums. */
  get vectors(): number {
    return this.size * this.quads.length;
  }

  /** The sums, four columns to a vector. */
  accumulators(): string {
    return this.rows.map((r) => this.quads.map((q) => `  var c${r}_${q} = vec4<f32>();`).join(' ')).join('\n');
  }

  /** All sums in one array, row by row. */
  asArray(): string {
    return `array<vec4<f32>, ${this.vectors}>(${this.rows.flatMap((r) => this.quads.map((q) => `c${r}_${q}`)).join(', ')})`;
  }

  /** c[r][q] += a[r][j] · b[j][q] for every step j. */
  multiply(layoutA: Layout): string {
    const a = (r: number, j: number) =>
      layoutA === 'alongTile' ? `a${j}_${r >> 2}.${component[r & 3]}` : `a${r}_.${component[j]}`;
    const row = (r: number, j: number) => this.quads.map((q) => `    c${r}_${q} += ${a(r, j)} * b${j}_${q};`).join(' ');
    return this.steps.flatMap((j) => this.rows.map((r) => row(r, j))).join('\n');
  }

  /**
   * Text that loads one operand's part: `a[j]_[q]` in fours along the tile, else `a[r]_` over the steps; of b always `b[j]_[q]`.
   * Rows and columns past the end read the last valid ones and are never stored.
   */
  loader(writer: Writer, view: View, layout: Layout, role: 'a' | 'b', along: Loop, { k, outer, batch }: Walk) {
    const buffer = writer.buffer(view.buffer, layout !== 'scattered');
    const stride = (loop: Loop | undefined) => (loop ? writer.number(coefficientOf(view.index, loop.name)) : '0u');
    const walked = [...batch, ...(outer ? [outer] : [])].filter((loop) => coefficientOf(view.index, loop.name) !== 0);
    const start = [...walked.map((loop) => `${loop.name} * ${stride(loop)}`), writer.number(view.index.constant)].join(
      ' + ',
    );
    const last = writer.number(along.size - (layout === 'alongTile' ? 4 : 1));
    const strideAlong = layout === 'alongTile' ? '1u' : stride(along);
    const strideK = stride(k);
    const first = role === 'a' ? 'firstM' : 'firstN';
    const places = layout === 'alongTile' ? this.quads.map((q) => 4 * q) : this.rows;
    const at = (p: number, j: number) => `${role}Base + ${role}p${p} + (k + ${j}u) * ${strideK}`;
    return {
      prepare: places.map((r, p) => `  let ${role}p${p} = min(${first} + ${r}u, ${last}) * ${strideAlong};`).join('\n'),
      load: [`    let ${role}Base = ${start};`, ...this.loads(role, layout, buffer, at)].join('\n'),
    };
  }

  private loads(role: 'a' | 'b', layout: Layout, buffer: string, at: (p: number, j: number) => string): string[] {
    if (layout === 'alongTile')
      return this.steps.flatMap((j) =>
        this.quads.map((q) => `    let ${role}${j}_${q} = ${buffer}[(${at(q, j)}) >> 2u];`),
      );
    const overSteps = (r: number) =>
      layout === 'alongK'
        ? `${buffer}[(${at(r, 0)}) >> 2u]`
        : `vec4<f32>(${lanes.map((j) => (j < this.steps.length ? `${buffer}[${at(r, j)}]` : '0.0')).join(', ')})`;
    const rows = this.rows.map((r) => `    let ${role}${r}_ = ${overSteps(r)};`);
    return role === 'a' ? rows : [...rows, ...this.turned()];
  }

  /** Columns over steps become steps over columns. */
  private turned(): string[] {
    const vector = (j: number, q: number) =>
      `vec4<f32>(${lanes.map((c) => `b${4 * q + c}_.${component[j]}`).join(', ')})`;
    return this.steps.flatMap((j) => this.quads.map((q) => `    let b${j}_${q} = ${vector(j, q)};`));
  }
}
