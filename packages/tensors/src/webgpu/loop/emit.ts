import type { Tensor } from '../../tensor';
import type { Writer } from '../writer';
import type { Program } from '../../scan/program';
import { Folds, partialCount } from './folds';
import { chunkOf, paddedWidth, type Record, type Tiling } from './layout';
import { type Load, Loads, scalarType } from './loads';
import { Sections } from './sections';
import { Streams } from './streams';
import type { LoopBody, Output, SharedArray, Vector } from './vector';

/** All that a kernel's text is made of. */
export interface LoopPlan {
  /** Equal for equal bodies, whatever their batch and length. */
  readonly key: string;
  readonly program: Program;
  readonly body: LoopBody;
  readonly outputs: readonly Output[];
  readonly record: Record;
  readonly tiling: Tiling;
  /** First vector (of four words) of each matrix in the pack, and vectors from those of one copy to those of the next. */
  readonly matrixStarts: readonly number[];
  readonly matrixStride: number;
  /** Loops of one body that run side by side, by whether each walks from the end: the directions of a net, or several nets. */
  readonly reverse: readonly boolean[];
}

const components = ['x', 'y', 'z', 'w'];

/**
 * Writes the kernel of a loop: `init` are the initial states, `inputs` what the body reads, each for every copy; `pack` the
 * matrices. A workgroup walks a tile of rows of one copy.
 */
export class LoopEmitter {
  private readonly done = new Set<string>();
  private readonly sections: Sections;
  private readonly loads: Loads;
  private readonly streams: Streams;
  private readonly folds: Folds;
  private lines: string[] = [];
  private readonly quads: readonly number[];
  private readonly rows: readonly number[];

  constructor(
    private readonly plan: LoopPlan,
    private readonly writer: Writer,
    private readonly tensors: {
      init: readonly (readonly Tensor[])[];
      inputs: readonly (readonly Tensor[])[];
      pack: Tensor | undefined;
      out: Tensor;
    },
    isStored: (node: Tensor) => boolean,
  ) {
    this.sections = new Sections(plan.tiling.lanes);
    this.loads = new Loads(plan.program, plan.reverse.length, writer, this.sections, isStored);
    this.streams = new Streams(plan, writer, this.sections);
    this.folds = new Folds(plan.tiling, this.sections, writer, (partial, q, size) => this.place(partial, q, size));
    this.quads = Array.from({ length: plan.tiling.quads }, (_, q) => q);
    this.rows = Array.from({ length: 4 * plan.tiling.quads }, (_, r) => r);
  }

  /** The functions of the shader; `from` and `to` are the numbers of the first step and the one after the last. */
  text(from: string, to: string): string {
    const { program, body, tiling } = this.plan;
    const { writer } = this;
    const rowCount = writer.number(program.batch);
    const length = writer.number(program.length);
    const out = writer.buffer(this.tensors.out);
    if (this.tensors.pack) writer.buffer(this.tensors.pack, true);
    const first = this.isMixed ? `select(0u, ${length}, isReverse)` : program.reverse ? length : '0u';
    const init = this.initText(out, first);
    const step = this.stepText(out);
    const finals = body.stateWidths.map((width, s) =>
      this.guarded(width, (u) => this.streams.storeRows(out, this.plan.record.finals[s], `s${s}_${u}`, u, undefined)),
    );
    const isPortable = tiling.subgroup === 0;
    const rows = this.rows.map((r) => `  let row${r} = min(group.x * ${4 * tiling.quads}u + ${r}u, ${rowCount} - 1u);`);
    return `${this.sections.functions.join('\n')}
${this.sharedText()}
@compute @workgroup_size(${tiling.lanes})
fn main(@builtin(local_invocation_id) local: vec3<u32>, @builtin(workgroup_id) group: vec3<u32>${isPortable ? '' : ', @builtin(subgroup_invocation_id) place: u32'}) {
${this.laneText(rowCount)}
${rows.join('\n')}
${this.courseText()}
  let start = ${from};
${this.sections.prologue.join('\n')}
${init}
  for (var i = start; i < ${to}; i += 1u) {
    let t = ${this.isMixed ? `select(i, ${length} - 1u - i, isReverse)` : program.reverse ? `${length} - 1u - i` : 'i'};
${tiling.isDoubled ? '    let turn = i & 1u;' : ''}
${this.sections.stepStart.join('\n')}
${step}
  }
${finals.join('\n')}
}`;
  }

  /**
   * The number of the invocation. Mesa's llvmpipe would work it out again, with 24 divisions for eight invocations, wherever it
   * is used behind a barrier: that took two fifths of a loop's time. What a loop has changed, if only as far as the compiler
   * knows, is kept instead.
   */
  private laneText(rowCount: string): string {
    return `  var lane = local.x;\n  for (var never = ${rowCount}; never == 0u; never += 1u) { lane += 1u; }`;
  }

  /** True where some copies walk forward and some from the end. */
  private get isMixed(): boolean {
    return this.plan.reverse.some((isReverse) => isReverse !== this.plan.reverse[0]);
  }

  /** Which copy a workgroup walks, and from which end. */
  private courseText(): string {
    const { reverse, matrixStride, body, record } = this.plan;
    if (reverse.length === 1) return '';
    const backward = reverse.flatMap((isReverse, copy) => (isReverse ? [`copy == ${copy}u`] : []));
    return [
      '  let copy = group.y;',
      `  let ownWords = copy * ${this.writer.number(record.words)};`,
      ...(body.matrices.length > 0 ? [`  let ownMatrices = copy * ${matrixStride}u;`] : []),
      ...(this.isMixed ? [`  let isReverse = ${backward.join(' || ')};`] : []),
    ].join('\n');
  }

  /** The slot of a history that holds the state after step t. */
  private get slotAfter(): string {
    if (this.isMixed) return '(t + select(1u, 0u, isReverse))';
    return this.plan.program.reverse ? 't' : '(t + 1u)';
  }

  // ---- places ----------------------------------------------------------------------------------------------------------

  /** Lines for every slot of a vector, kept to the invocations that own a feature of it. */
  private guarded(width: number, lines: (u: number) => string[]): string {
    return this.sections
      .slots(width)
      .map((u) => {
        const isFull = (u + 1) * this.plan.tiling.lanes <= width;
        const text = lines(u)
          .map((line) => `    ${line}`)
          .join('\n');
        return isFull ? text : `    if (${this.sections.feature(u)} < ${width}u) {\n${text}\n    }`;
      })
      .join('\n');
  }

  // ---- state -----------------------------------------------------------------------------------------------------------

  private initText(out: string, firstSlot: string): string {
    const { body, record } = this.plan;
    const first: string[] = [];
    const resumed: string[] = [];
    const vars: string[] = [];
    const history: string[] = [];
    body.stateWidths.forEach((width, s) => {
      const tensors = this.tensors.init.map((states) => states[s]);
      const load = this.loads.of(`n${s}`, { varies: 'row', width }, tensors);
      for (const u of this.sections.slots(width)) {
        for (const q of this.quads) {
          vars.push(`  var s${s}_${u}_${q}: vec4<f32>;`);
          first.push(`    s${s}_${u}_${q} = ${load(u, q, 0, width)};`);
        }
        resumed.push(this.streams.loadRows(out, record.finals[s], `s${s}_${u}`, u));
      }
      const kept = record.histories[s];
      if (kept) history.push(this.guarded(width, (u) => this.streams.storeRows(out, kept, `s${s}_${u}`, u, firstSlot)));
    });
    return `${vars.join('\n')}
  if (start == 0u) {
${first.join('\n')}
${history.join('\n')}
  } else {
${resumed.join('\n')}
  }`;
  }

  // ---- a step ----------------------------------------------------------------------------------------------------------

  private stepText(out: string): string {
    const { body, outputs, record, tiling } = this.plan;
    this.lines = [];
    const stages = this.stages();
    for (const { arrays, folds } of stages) {
      for (const array of arrays) this.share(array);
      for (const fold of folds) {
        this.emit(fold.of);
        for (const q of this.quads) this.lines.push(...this.folds.share(fold, q, (u) => this.name(fold.of, u, q)));
      }
      this.lines.push('    workgroupBarrier();');
      for (const array of arrays) this.readArray(array);
      for (const fold of folds)
        for (const q of this.quads) this.lines.push(...this.folds.finish(fold, q, this.define(fold, 0, q)));
    }
    outputs.forEach((output, k) => {
      for (const piece of output.pieces) {
        const { vector, width, offset } = piece;
        this.emit(vector);
        this.lines.push(
          this.guarded(width, (u) =>
            this.streams.storeLines(out, record.values[k], (q) => this.name(vector, u, q), u, 't', offset),
          ),
        );
      }
    });
    body.next.forEach((vector) => this.emit(vector));
    const after: string[] = [];
    body.next.forEach((vector, s) => {
      for (const u of this.sections.slots(body.stateWidths[s]))
        for (const q of this.quads) {
          this.lines.push(`    let n${s}_${u}_${q} = ${this.name(vector, u, q)};`);
          after.push(`    s${s}_${u}_${q} = n${s}_${u}_${q};`);
        }
    });
    this.lines.push(...after);
    body.stateWidths.forEach((width, s) => {
      const kept = record.histories[s];
      if (kept)
        this.lines.push(
          this.guarded(width, (u) =>
            this.streams.storeLines(out, kept, (q) => `s${s}_${u}_${q}`, u, this.slotAfter, 0),
          ),
        );
    });
    if (stages.length === 1 && !tiling.isDoubled) this.lines.push('    workgroupBarrier();');
    return this.lines.join('\n');
  }

  /** Arrays and folds by level: each level ends in one barrier. */
  private stages() {
    const { arrays, folds } = this.plan.body;
    const levels = [...new Set([...arrays.map((a) => a.level), ...folds.map((f) => f.of.level)])].sort((a, b) => a - b);
    return levels.map((level) => ({
      arrays: arrays.filter((array) => array.level === level),
      folds: folds.filter((fold) => fold.of.level === level),
    }));
  }

  // ---- workgroup memory --------------------------------------------------------------------------------------------------

  private sharedText(): string {
    const { arrays, folds } = this.plan.body;
    const { quads, subgroup, isDoubled } = this.plan.tiling;
    const times = isDoubled ? 2 : 1;
    return [
      ...arrays.map(
        (array) =>
          `var<workgroup> m${array.id}: array<vec4<f32>, ${paddedWidth(array, chunkOf(subgroup)) * quads * times}>;`,
      ),
      ...folds.map(
        (fold) => `var<workgroup> p${fold.id}: array<vec4<f32>, ${partialCount(this.plan.tiling) * quads * times}>;`,
      ),
    ].join('\n');
  }

  /** The place of a feature's vector in an array. */
  private place(feature: string, q: number, size: number): string {
    const { quads, isDoubled } = this.plan.tiling;
    const index = quads === 1 ? feature : `(${feature}) * ${quads}u + ${q}u`;
    return isDoubled ? `${index} + turn * ${size * quads}u` : index;
  }

  private arrayPlace(array: SharedArray, feature: string, q: number): string {
    return this.place(feature, q, paddedWidth(array, chunkOf(this.plan.tiling.subgroup)));
  }

  private share(array: SharedArray): void {
    for (const { vector, width, offset } of array.pieces) {
      this.emit(vector);
      const at = (u: number, q: number) =>
        this.arrayPlace(array, `${this.sections.feature(u)}${offset ? ` + ${offset}u` : ''}`, q);
      const one = (q: number) => this.arrayPlace(array, `${offset}u`, q);
      this.lines.push(
        this.guarded(width, (u) =>
          this.quads.map((q) => `m${array.id}[${width === 1 ? one(q) : at(u, q)}] = ${this.name(vector, u, q)};`),
        ),
      );
    }
  }

  private readArray(array: SharedArray): void {
    const { dots, peeks } = this.plan.body;
    const own = dots.filter((dot) => dot.array === array);
    if (own.length > 0) this.multiply(array, own);
    for (const peek of peeks.filter((p) => p.array === array))
      for (const u of this.sections.slots(peek.width))
        for (const q of this.quads) {
          const wanted =
            peek.width === 1
              ? `${peek.shift}u`
              : `u32(clamp(i32(${this.sections.feature(u)}) + ${peek.shift}, 0, ${array.width - 1}))`;
          this.lines.push(`    let ${this.define(peek, u, q)} = m${array.id}[${this.arrayPlace(array, wanted, q)}];`);
        }
  }

  /** All products of one array with columns of matrices, in one walk along it. */
  private multiply(array: SharedArray, dots: readonly Extract<Vector, { kind: 'dot' }>[]): void {
    const { tiling, matrixStarts, reverse } = this.plan;
    const { subgroup } = tiling;
    const chunk = chunkOf(subgroup);
    const groups = Array.from({ length: chunk / 4 }, (_, g) => g);
    const pack = this.writer.buffer(this.tensors.pack!);
    const copy = reverse.length > 1 ? 'ownMatrices + ' : '';
    const weightsAt = (dot: (typeof dots)[number], u: number, four: string) =>
      `${pack}[${copy}${matrixStarts[dot.matrix.id]}u + (${four}) * ${dot.matrix.n}u + ${this.sections.shifted(u, dot.shift, dot.width)}]`;
    const units = dots.flatMap((dot) => this.sections.slots(dot.width).map((u) => ({ dot, u })));
    const { lines } = this;
    for (const { dot, u } of units)
      for (const q of this.quads) lines.push(`    var ${this.define(dot, u, q)} = vec4<f32>();`);
    // The end is a number of the table: some drivers unroll a loop whose end they can read, and compile for minutes.
    const end = this.writer.number(paddedWidth(array, chunk));
    const held = tiling.held.includes(array) ? `held${array.id}` : undefined;
    if (held)
      this.sections.prologue.push(
        `  var ${held}: array<vec4<f32>, ${(units.length * paddedWidth(array, chunk)) / 4}>;`,
        `  for (var k = 0u; k < ${end}; k += 4u) {`,
        ...units.map(
          ({ dot, u }, i) => `    ${held}[(k >> 2u) * ${units.length}u + ${i}u] = ${weightsAt(dot, u, 'k >> 2u')};`,
        ),
        '  }',
      );
    lines.push(`    for (var k = 0u; k < ${end}; k += ${chunk}u) {`);
    if (subgroup > 0)
      for (const q of this.quads)
        lines.push(`      let a${q} = m${array.id}[${this.arrayPlace(array, 'k + place', q)}];`);
    units.forEach(({ dot, u }, i) => {
      for (const g of groups) {
        const weights = held
          ? `${held}[((k >> 2u) + ${g}u) * ${units.length}u + ${i}u]`
          : weightsAt(dot, u, `(k >> 2u) + ${g}u`);
        lines.push(`      let w${i}_${g} = ${weights};`);
      }
    });
    for (let j = 0; j < chunk; j++)
      for (const q of this.quads) {
        const value =
          subgroup > 0
            ? `${tiling.broadcast}(a${q}, ${j}u)`
            : `m${array.id}[${this.arrayPlace(array, `k + ${j}u`, q)}]`;
        lines.push(`      let h${j}_${q} = ${value};`);
      }
    units.forEach(({ dot, u }, i) => {
      for (const q of this.quads)
        for (let j = 0; j < chunk; j++)
          lines.push(`      ${this.name(dot, u, q)} += w${i}_${j >> 2}.${components[j & 3]} * h${j}_${q};`);
    });
    lines.push('    }');
  }

  // ---- vectors -----------------------------------------------------------------------------------------------------------

  private name(vector: Vector, u: number, q: number): string {
    if (vector.kind === 'state') return `s${vector.state}_${u}_${q}`;
    return `v${vector.id}_${vector.width === 1 ? 0 : u}_${q}`;
  }

  private define(vector: Vector, u: number, q: number): string {
    this.done.add(`v${vector.id}`);
    return this.name(vector, u, q);
  }

  /** Makes sure that a vector has its names; those of arrays were written behind their barrier. */
  private emit(vector: Vector): void {
    if (vector.kind === 'state' || this.done.has(`v${vector.id}`)) return;
    this.done.add(`v${vector.id}`);
    const isLasting =
      vector.kind === 'number' || (vector.kind === 'input' && this.plan.body.inputs[vector.input].varies !== 'step');
    if (vector.kind === 'call') vector.operands.forEach((operand) => this.emit(operand));
    if (vector.kind === 'within') [vector.inner, vector.otherwise].forEach((part) => this.emit(part));
    const lines = isLasting ? this.sections.prologue : this.lines;
    const load = vector.kind === 'input' ? this.inputLoad(vector.input) : undefined;
    for (const u of this.sections.slots(vector.width))
      for (const q of this.quads)
        lines.push(
          `    let ${this.name(vector, u, q)} = ${load ? load(u, q, vector.kind === 'input' ? vector.shift : 0, vector.width) : this.expression(vector, u, q)};`,
        );
  }

  private expression(vector: Vector, u: number, q: number): string {
    const type = `vec4<${scalarType(vector.dtype)}>`;
    switch (vector.kind) {
      case 'number':
        return `${type}(${vector.dtype === 'bool' ? String(vector.value !== 0) : this.writer.literal(vector.value, vector.dtype)})`;
      case 'call': {
        this.writer.use(vector.op.helpers ?? []);
        const names = vector.operands.map((operand) => this.name(operand, u, q));
        const one = (c: string) =>
          vector.op.wgsl(
            names.map((name) => `${name}.${c}`),
            vector.attrs,
            '0u',
            vector.dtype,
          );
        return `${type}(${components.map(one).join(', ')})`;
      }
      case 'within': {
        const feature = this.sections.feature(u);
        const conditions = [
          ...(vector.start > 0 ? [`${feature} >= ${vector.start}u`] : []),
          ...(vector.end < vector.width ? [`${feature} < ${vector.end}u`] : []),
        ];
        return `select(${this.name(vector.otherwise, u, q)}, ${this.name(vector.inner, u, q)}, ${conditions.join(' && ')})`;
      }
      default:
        throw new Error(`loop: a ${vector.kind} was asked for before its barrier`);
    }
  }

  private inputLoad(i: number): Load {
    const tensors = this.tensors.inputs.map((inputs) => inputs[i]);
    return this.loads.of(`x${i}`, this.plan.body.inputs[i], tensors);
  }
}
