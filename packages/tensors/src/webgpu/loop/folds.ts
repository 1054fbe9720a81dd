import type { Writer } from '../writer';
import type { Tiling } from './layout';
import type { Sections } from './sections';
import type { Vector } from './vector';

type Fold = Extract<Vector, { kind: 'fold' }>;

const identity = { sum: '0.0', max: '-3.4028234e38', min: '3.4028234e38' };
const acrossSubgroup = { sum: 'subgroupAdd', max: 'subgroupMax', min: 'subgroupMin' };

const combine = (kind: Fold['combine'], a: string, b: string): string =>
  kind === 'sum' ? `${a} + ${b}` : `${kind}(${a}, ${b})`;

/** Vectors of workgroup memory that a fold takes for each four rows: one for each subgroup, or else for each invocation. */
export const partialCount = ({ lanes, subgroup }: Pick<Tiling, 'lanes' | 'subgroup'>): number =>
  subgroup > 0 ? lanes / subgroup : lanes;

/** Writes sums, maxima and minima over the features of a vector: a part in front of a barrier, and the whole behind it. */
export class Folds {
  constructor(
    private readonly tiling: Tiling,
    private readonly sections: Sections,
    private readonly writer: Writer,
    /** Where a partial result of four rows lies in an array of `size` for each. */
    private readonly at: (partial: string, q: number, size: number) => string,
  ) {}

  private place(fold: Fold, partial: string, q: number): string {
    return `p${fold.id}[${this.at(partial, q, partialCount(this.tiling))}]`;
  }

  /** Lines that leave the invocation's part, or its subgroup's, for the others; `value` names the features. */
  share(fold: Fold, q: number, value: (u: number) => string): string[] {
    const { lanes, subgroup } = this.tiling;
    const rest = `vec4<f32>(${identity[fold.combine]})`;
    const own = this.sections.slots(fold.of.width).map((u) => {
      const isFull = (u + 1) * lanes <= fold.of.width;
      return isFull ? value(u) : `select(${rest}, ${value(u)}, ${this.sections.feature(u)} < ${fold.of.width}u)`;
    });
    const partial = own.reduce((a, b) => combine(fold.combine, a, b));
    if (subgroup === 0) return [`    ${this.place(fold, 'lane', q)} = ${partial};`];
    const whole = `p${fold.id}_${q}`;
    return [
      `    let ${whole} = ${acrossSubgroup[fold.combine]}(${partial});`,
      `    if (place == 0u) { ${this.place(fold, `lane / ${subgroup}u`, q)} = ${whole}; }`,
    ];
  }

  /** Lines that name the result. */
  finish(fold: Fold, q: number, name: string): string[] {
    const { lanes, subgroup } = this.tiling;
    if (subgroup > 0) {
      const count = partialCount(this.tiling);
      const rest = `vec4<f32>(${identity[fold.combine]})`;
      const parts = Array.from({ length: Math.ceil(count / subgroup) }, (_, i) => {
        const own = `place + ${i * subgroup}u`;
        const isFull = (i + 1) * subgroup <= count;
        if (isFull) return this.place(fold, own, q);
        return `select(${rest}, ${this.place(fold, `min(${own}, ${count - 1}u)`, q)}, ${own} < ${count}u)`;
      });
      const own = parts.reduce((a, b) => combine(fold.combine, a, b));
      return [`    let ${name} = ${acrossSubgroup[fold.combine]}(${own});`];
    }
    const end = this.writer.number(Math.min(lanes, fold.of.width));
    return [
      `    var ${name} = ${this.place(fold, '0u', q)};`,
      `    for (var k = 1u; k < ${end}; k += 1u) { ${name} = ${combine(fold.combine, name, this.place(fold, 'k', q))}; }`,
    ];
  }
}
