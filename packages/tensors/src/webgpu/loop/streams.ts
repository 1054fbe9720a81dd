import type { Writer } from '../writer';
import type { LoopPlan } from './emit';
import type { Region } from './layout';
import type { Sections } from './sections';

const components = ['x', 'y', 'z', 'w'];

/** Writes how a kernel reaches the streams in the buffer that a run writes. */
export class Streams {
  private readonly quads: readonly number[];
  private readonly rows: readonly number[];

  constructor(
    private readonly plan: LoopPlan,
    private readonly writer: Writer,
    private readonly sections: Sections,
  ) {
    this.quads = Array.from({ length: plan.tiling.quads }, (_, q) => q);
    this.rows = Array.from({ length: 4 * plan.tiling.quads }, (_, r) => r);
  }

  private get regions(): readonly Region[] {
    const { finals, histories, values } = this.plan.record;
    return [...finals, ...histories.flatMap((region) => region ?? []), ...values];
  }

  /** The index of a region's row, without step and feature. */
  private regionRow(region: Region, r: number): string {
    const name = `g${this.regions.indexOf(region)}r${r}`; // by its place: where it starts depends on batch and length
    return this.sections.once(
      name,
      () => {
        const copy = this.plan.reverse.length > 1 ? 'ownWords + ' : '';
        return `  let ${name} = ${copy}${this.writer.number(region.offset)} + row${r} * ${this.writer.number(region.rowStride)};`;
      },
      this.sections.prologue,
    );
  }

  /** A line for each row: what a step writes. */
  storeLines(
    out: string,
    region: Region,
    value: (q: number) => string,
    u: number,
    slot: string | undefined,
    offset: number,
  ): string[] {
    const step = slot === undefined ? '' : ` + ${slot} * ${region.stepStride}u`;
    const feature = region.width === 1 ? '' : ` + ${this.sections.feature(u)}${offset ? ` + ${offset}u` : ''}`;
    return this.rows.map(
      (r) => `${out}[${this.regionRow(region, r)}${step}${feature}] = ${value(r >> 2)}.${components[r & 3]};`,
    );
  }

  /**
   * A loop over the rows of a region, for what runs once: a line for each row would be quicker by nothing, and slower to compile.
   * Its end is a number of the table, so that no driver unrolls it.
   */
  private eachRow(region: Region, u: number, slot: string | undefined, line: (place: string) => string): string {
    const number = (value: number) => this.writer.number(value);
    const copy = this.plan.reverse.length > 1 ? 'ownWords + ' : '';
    const step = slot === undefined ? '' : ` + ${slot} * ${region.stepStride}u`;
    const feature = region.width === 1 ? '' : ` + ${this.sections.feature(u)}`;
    const row = `min(group.x * ${this.rows.length}u + r, ${number(this.plan.program.batch)} - 1u)`;
    const place = `${copy}${number(region.offset)} + ${row} * ${number(region.rowStride)}${step}${feature}`;
    return `for (var r = 0u; r < ${number(this.rows.length)}; r += 1u) { ${line(place)} }`;
  }

  /** The rows of registers `name` to memory, in a loop. */
  storeRows(out: string, region: Region, name: string, u: number, slot: string | undefined): string[] {
    const held = `held_${name}`;
    const rows = this.eachRow(region, u, slot, (place) => `${out}[${place}] = ${held}[r >> 2u][r & 3u];`);
    return [`var ${held} = ${this.asArray(name)};`, rows];
  }

  /** Registers `name` from the rows in memory, in a loop. */
  loadRows(out: string, region: Region, name: string, u: number): string {
    const held = `held_${name}`;
    const rows = this.eachRow(region, u, undefined, (place) => `${held}[r >> 2u][r & 3u] = ${out}[${place}];`);
    return [
      `    var ${held} = ${this.asArray(name)};`,
      rows,
      ...this.quads.map((q) => `${name}_${q} = ${held}[${q}];`),
    ].join('\n    ');
  }

  private asArray(name: string): string {
    return `array<vec4<f32>, ${this.quads.length}>(${this.quads.map((q) => `${name}_${q}`).join(', ')})`;
  }
}
