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

/** Steps of the sum that a cooperating subgroup takes at a time. */
const sharedSteps = 4;

/**
 * Text for a tile of rows and columns in registers, some steps of the sum at a time. With a `subgroup` its invocations own columns
 * side by side of the same rows: each loads a part of the rows' numbers, and hands them round.
 */
export class Tile {
  private readonly rows: readonly number[];
  private readonly quads: readonly number[];
  private readonly steps: readonly number[];

  constructor(
    readonly rowCount: 4 | 8 | 16,
    readonly columnCount: 4 | 8,
    stepCount: 1 | 4,
    readonly subgroup: number,
  ) {
    this.rows = Array.from({ length: rowCount }, (_, r) => r);
    this.quads = Array.from({ length: columnCount / 4 }, (_, q) => q);
    this.steps = lanes.slice(0, subgroup > 0 ? sharedSteps : stepCount);
  }

  /** Invocations that own one tile together. */
  get owners(): number {
    return Math.max(this.subgroup, 1);
  }

  get stepCount(): number {
    return this.steps.length;
  }

  /** Vectors of sums. */
  get vectors(): number {
    return this.rowCount * this.quads.length;
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
    const own = (r: number, j: number) =>
      layoutA === 'alongTile' ? `a${j}_${r >> 2}.${component[r & 3]}` : `a${r}_.${component[j]}`;
    const handed = (r: number, j: number) =>
      layoutA === 'alongTile' ? `s${j * (this.rowCount / 4) + (r >> 2)}.${component[r & 3]}` : `s${r}.${component[j]}`;
    const a = this.subgroup > 0 ? handed : own;
    const row = (r: number, j: number) => this.quads.map((q) => `    c${r}_${q} += ${a(r, j)} * b${j}_${q};`).join(' ');
    return this.steps.flatMap((j) => this.rows.map((r) => row(r, j))).join('\n');
  }

  /**
   * Text that loads the rows' numbers with the whole subgroup, as many vectors as the tile has rows: each invocation every
   * `subgroup`-th of them, as `s[v]` known to all.
   */
  sharedLoader(writer: Writer, view: View, layout: Layout, along: Loop, walk: Walk) {
    const { buffer, start, stride } = this.access(writer, view, layout, walk);
    const last = writer.number(along.size - (layout === 'alongTile' ? 4 : 1));
    const vectors = Array.from({ length: Math.ceil(this.rowCount / this.subgroup) }, (_, i) => i);
    const quads = this.rowCount / 4;
    const prepare = vectors.map((i) => {
      const v = `((within + ${i * this.subgroup}u) % ${this.rowCount}u)`;
      if (layout === 'alongK') return `  let ap${i} = min(firstM + ${v}, ${last}) * ${stride(along)};`;
      return `  let ap${i} = min(firstM + 4u * (${v} % ${quads}u), ${last}) + (${v} / ${quads}u) * ${stride(walk.k)};`;
    });
    const load = vectors.map(
      (i) => `    let a${i}_ = ${buffer}[(aBase + ap${i} + k * ${layout === 'alongK' ? '1u' : stride(walk.k)}) >> 2u];`,
    );
    const shared = this.rows.map(
      (v) => `    let s${v} = subgroupShuffle(a${Math.floor(v / this.subgroup)}_, ${v % this.subgroup}u);`,
    );
    return { prepare: prepare.join('\n'), load: [`    let aBase = ${start};`, ...load, ...shared].join('\n') };
  }

  private access(writer: Writer, view: View, layout: Layout, { outer, batch }: Walk) {
    const buffer = writer.buffer(view.buffer, layout !== 'scattered');
    const stride = (loop: Loop | undefined) => (loop ? writer.number(coefficientOf(view.index, loop.name)) : '0u');
    const walked = [...batch, ...(outer ? [outer] : [])].filter((loop) => coefficientOf(view.index, loop.name) !== 0);
    const terms = [...walked.map((loop) => `${loop.name} * ${stride(loop)}`), writer.number(view.index.constant)];
    return { buffer, start: terms.join(' + '), stride };
  }

  /**
   * Text that loads one operand's part: `a[j]_[q]` in fours along the tile, else `a[r]_` over the steps; of b always `b[j]_[q]`.
   * Rows and columns past the end read the last valid ones and are never stored.
   */
  loader(writer: Writer, view: View, layout: Layout, role: 'a' | 'b', along: Loop, walk: Walk) {
    const { k } = walk;
    const { buffer, start, stride } = this.access(writer, view, layout, walk);
    const last = writer.number(along.size - (layout === 'alongTile' ? 4 : 1));
    const strideAlong = layout === 'alongTile' ? '1u' : stride(along);
    const strideK = stride(k);
    const first = role === 'a' ? 'firstM' : 'firstN';
    const count = role === 'a' ? this.rowCount : this.columnCount;
    const places = Array.from({ length: layout === 'alongTile' ? count / 4 : count }, (_, p) => p);
    const width = layout === 'alongTile' ? 4 : 1;
    const at = (p: number, j: number) => `${role}Base + ${role}p${p} + (k + ${j}u) * ${strideK}`;
    return {
      prepare: places
        .map((p) => `  let ${role}p${p} = min(${first} + ${p * width}u, ${last}) * ${strideAlong};`)
        .join('\n'),
      load: [`    let ${role}Base = ${start};`, ...this.loads(role, layout, buffer, places, at)].join('\n'),
    };
  }

  private loads(
    role: 'a' | 'b',
    layout: Layout,
    buffer: string,
    places: readonly number[],
    at: (p: number, j: number) => string,
  ): string[] {
    if (layout === 'alongTile')
      return this.steps.flatMap((j) => places.map((q) => `    let ${role}${j}_${q} = ${buffer}[(${at(q, j)}) >> 2u];`));
    const overSteps = (r: number) =>
      layout === 'alongK'
        ? `${buffer}[(${at(r, 0)}) >> 2u]`
        : `vec4<f32>(${lanes.map((j) => (j < this.steps.length ? `${buffer}[${at(r, j)}]` : '0.0')).join(', ')})`;
    const each = places.map((r) => `    let ${role}${r}_ = ${overSteps(r)};`);
    return role === 'a' ? each : [...each, ...this.turned()];
  }

  /** Columns over steps become steps over columns. */
  private turned(): string[] {
    const vector = (j: number, q: number) =>
      `vec4<f32>(${lanes.map((c) => `b${4 * q + c}_.${component[j]}`).join(', ')})`;
    return this.steps.flatMap((j) => this.quads.map((q) => `    let b${j}_${q} = ${vector(j, q)};`));
  }
}
