import { type Affine, coefficientOf } from '../../affine';
import type { DType } from '../../dtype';
import type { Program } from '../../scan/program';
import type { Tensor } from '../../tensor';
import { loopVariable, type Value, ValueBuilder } from '../value';
import { Block, type Writer, wgslType } from '../writer';
import type { Sections } from './sections';
import type { Input } from './vector';

/** The WGSL type of one element in a register. */
export const scalarType = (dtype: DType): string => (dtype === 'bool' ? 'bool' : wgslType(dtype));

/** An expression for the four rows of quad q at slot u, from feature `shift` on; `width` 1 is one feature for all invocations. */
export type Load = (u: number, q: number, shift: number, width: number) => string;

type Read = Pick<Input, 'varies' | 'width'>;
type Direct = Extract<Value, { kind: 'load' }>;

/**
 * Writes how a kernel reads an input, given for each copy of the loop: strided memory directly, everything else through a function
 * of copy, row, step and feature.
 */
export class Loads {
  constructor(
    private readonly program: Program,
    private readonly copies: number,
    private readonly writer: Writer,
    private readonly sections: Sections,
    private readonly isStored: (node: Tensor) => boolean,
  ) {}

  of(name: string, input: Read, tensors: readonly Tensor[]): Load {
    const values = tensors.map((tensor) => new ValueBuilder(this.isStored).at(tensor, this.coordsOf(input, tensor)));
    const isDirect = tensors[0].dtype === 'f32' && values.every((value) => this.isPlain(value));
    if (!isDirect) return this.called(name, input, tensors[0].dtype, values);
    const plain = values as Direct[];
    return areAlike(plain) ? this.direct(name, input, plain) : this.either(name, input, plain);
  }

  /** Copies read different buffers: both are read, for a branch in every load would be slower, and far slower to compile. */
  private either(name: string, input: Read, values: readonly Direct[]): Load {
    const loads = values.map((value, copy) => this.direct(`${name}c${copy}`, input, [value]));
    return (u, q, shift, width) => this.ofCopy(loads.map((load) => load(u, q, shift, width)));
  }

  private isPlain(value: Value): boolean {
    return value.kind === 'load' && !value.row && !this.writer.isVector(value.buffer) && isLinear(value.index);
  }

  /** Copies read one buffer with the same strides: only where each starts differs. */
  private direct(name: string, { varies }: Read, values: readonly Direct[]): Load {
    const { sections, writer } = this;
    const [{ buffer, index }] = values;
    const place = writer.buffer(buffer);
    const [byRow, byStep, byFeature] = ['b', 't', 'f'].map((variable) => coefficientOf(index, variable));
    const first = this.ofCopy(values.map((value) => writer.number(value.index.constant)));
    const row = (r: number) =>
      sections.once(
        `${name}r${r}`,
        () => `  let ${name}r${r} = ${first} + row${r} * ${writer.number(byRow)};`,
        sections.prologue,
      );
    const step = () =>
      sections.once(`${name}t`, () => `    let ${name}t = t * ${writer.number(byStep)};`, sections.stepStart);
    return (u, q, shift, width) => {
      const own = sections.shifted(u, shift, width);
      const feature = byFeature === 0 ? '' : byFeature === 1 ? ` + ${own}` : ` + ${own} * ${writer.number(byFeature)}`;
      const time = varies === 'step' && byStep !== 0 ? ` + ${step()}` : '';
      const rows = varies === 'never' ? [0] : [0, 1, 2, 3].map((c) => 4 * q + c);
      return `vec4<f32>(${rows.map((r) => `${place}[${row(r)}${time}${feature}]`).join(', ')})`;
    };
  }

  /** One of several expressions, by the copy that a workgroup walks. */
  private ofCopy(expressions: readonly string[]): string {
    return expressions.reduceRight((rest, own, copy) => `select(${rest}, ${own}, copy == ${copy}u)`);
  }

  private called(name: string, { varies }: Read, dtype: DType, values: readonly Value[]): Load {
    const type = scalarType(dtype);
    if (this.sections.first(`fn ${name}`)) {
      const cases = values.map((value, copy) => {
        const block = new Block(this.writer, `${name}_${copy}_`);
        block.finish(value);
        const lines = block.toString();
        return copy === this.copies - 1 ? lines : `  if (copy == ${copy}u) {\n${lines}\n  }`;
      });
      this.sections.functions.push(
        `fn ${name}(copy: u32, b: u32, t: u32, f: u32) -> ${type} {\n${cases.join('\n')}\n}`,
      );
    }
    const copy = this.copies > 1 ? 'copy' : '0u';
    const time = varies === 'step' ? 't' : '0u';
    return (u, q, shift, width) => {
      const rows = varies === 'never' ? ['0u'] : [0, 1, 2, 3].map((c) => `row${4 * q + c}`);
      const feature = this.sections.shifted(u, shift, width);
      return `vec4<${type}>(${rows.map((row) => `${name}(${copy}, ${row}, ${time}, ${feature})`).join(', ')})`;
    };
  }

  private coordsOf({ varies }: Read, tensor: Tensor): Affine[] {
    const { batch, length } = this.program;
    const rank = tensor.shape.length;
    const names = varies === 'step' ? ['b', 't', 'f'] : ['b', 'f'];
    const used = varies === 'never' ? ['one', 'f'].slice(2 - rank) : names.slice(0, rank);
    const sizes: Record<string, number> = { b: batch, t: length, one: 1 };
    return used.map((variable, d) => loopVariable({ name: variable, size: sizes[variable] ?? tensor.shape[d] }));
  }
}

const isLinear = (index: Affine): boolean => index.terms.every((term) => term.atom.kind === 'variable');

const areAlike = ([first, ...rest]: readonly Direct[]): boolean =>
  rest.every(
    ({ buffer, index }) =>
      buffer === first.buffer &&
      ['b', 't', 'f'].every((variable) => coefficientOf(index, variable) === coefficientOf(first.index, variable)),
  );
