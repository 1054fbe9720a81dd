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

/** Writes how a kernel reads an input: strided memory directly, everything else through a function of row, step and feature. */
export class Loads {
  constructor(
    private readonly program: Program,
    private readonly writer: Writer,
    private readonly sections: Sections,
    private readonly isStored: (node: Tensor) => boolean,
  ) {}

  of(name: string, input: Input): Load {
    const { tensor } = input;
    const value = new ValueBuilder(this.isStored).at(tensor, this.coordsOf(input));
    const isPlain = value.kind === 'load' && !this.writer.isVector(value.buffer) && isLinear(value.index);
    return isPlain && tensor.dtype === 'f32' ? this.direct(name, input, value) : this.called(name, input, value);
  }

  private direct(name: string, { varies }: Input, { buffer, index }: Extract<Value, { kind: 'load' }>): Load {
    const { sections, writer } = this;
    const place = writer.buffer(buffer);
    const [byRow, byStep, byFeature] = ['b', 't', 'f'].map((variable) => coefficientOf(index, variable));
    const row = (r: number) =>
      sections.once(
        `${name}r${r}`,
        () => `  let ${name}r${r} = ${writer.number(index.constant)} + row${r} * ${writer.number(byRow)};`,
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

  private called(name: string, { tensor, varies }: Input, value: Value): Load {
    const type = scalarType(tensor.dtype);
    if (this.sections.first(`fn ${name}`)) {
      const block = new Block(this.writer, `${name}_`);
      const result = block.value(value);
      const lines = `${block}\n  return ${result};`;
      this.sections.functions.push(`fn ${name}(b: u32, t: u32, f: u32) -> ${type} {\n${lines}\n}`);
    }
    const time = varies === 'step' ? 't' : '0u';
    return (u, q, shift, width) => {
      const rows = varies === 'never' ? ['0u'] : [0, 1, 2, 3].map((c) => `row${4 * q + c}`);
      const feature = this.sections.shifted(u, shift, width);
      return `vec4<${type}>(${rows.map((row) => `${name}(${row}, ${time}, ${feature})`).join(', ')})`;
    };
  }

  private coordsOf({ tensor, varies }: Input): Affine[] {
    const { batch, length } = this.program;
    const rank = tensor.shape.length;
    const names = varies === 'step' ? ['b', 't', 'f'] : ['b', 'f'];
    const used = varies === 'never' ? ['one', 'f'].slice(2 - rank) : names.slice(0, rank);
    const sizes: Record<string, number> = { b: batch, t: length, one: 1 };
    return used.map((variable, d) => loopVariable({ name: variable, size: sizes[variable] ?? tensor.shape[d] }));
  }
}

const isLinear = (index: Affine): boolean => index.terms.every((term) => term.atom.kind === 'variable');
