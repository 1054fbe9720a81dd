/** The parts of a kernel's text that fill up while its steps are written. */
export class Sections {
  readonly functions: string[] = [];
  /** Before the loop. */
  readonly prologue: string[] = [];
  /** At the head of each step. */
  readonly stepStart: string[] = [];
  private readonly written = new Set<string>();

  constructor(readonly lanes: number) {}

  /** True the first time that a name is asked for. */
  first(name: string): boolean {
    const isNew = !this.written.has(name);
    this.written.add(name);
    return isNew;
  }

  /** The name, its line written once. */
  once(name: string, line: () => string, where: string[]): string {
    if (this.first(name)) where.push(line());
    return name;
  }

  /** The slots in which an invocation owns features of a vector. */
  slots(width: number): number[] {
    return Array.from({ length: Math.ceil(width / this.lanes) }, (_, u) => u);
  }

  /** The feature that an invocation owns in slot u. */
  feature(u: number): string {
    return u === 0 ? 'lane' : `(lane + ${u * this.lanes}u)`;
  }

  /** The feature of a source that an invocation reads: what lies outside of it is read somewhere and never taken. */
  shifted(u: number, shift: number, width: number): string {
    if (width === 1) return `${Math.max(shift, 0)}u`;
    if (shift === 0) return this.feature(u);
    return shift > 0 ? `(${this.feature(u)} + ${shift}u)` : `(max(${this.feature(u)}, ${-shift}u) - ${-shift}u)`;
  }
}
