import type { Device, ParameterCell, TracedFunction } from './device';
import { Tensor } from './tensor';

type TracedParameter = ParameterCell & Pick<Tensor, 'shape' | 'dtype' | 'device'>;

/** What a function under `compile` reads, assigns and draws, recorded in one call of it. */
export class Trace {
  readonly reads = new Map<Tensor, ParameterCell>();
  readonly writes = new Map<ParameterCell, Tensor>();
  /** Draws per generator: replays continue where the last one stopped. */
  readonly draws = new Map<{ draws: number }, number>();
  private readonly current = new Map<ParameterCell, Tensor>();

  /** The parameter's value at this point of the trace. */
  read(cell: TracedParameter): Tensor {
    let value = this.current.get(cell);
    if (!value) {
      value = new Tensor(cell, { kind: 'placeholder', name: 'parameter' });
      this.reads.set(value, cell);
      this.current.set(cell, value);
    }
    return value;
  }

  assign(cell: ParameterCell, value: Tensor): void {
    this.current.set(cell, value);
    this.writes.set(cell, value);
  }

  /** The number of this draw, looked up again at each replay. */
  draw(generator: { draws: number }): () => number {
    const before = this.draws.get(generator) ?? 0;
    this.draws.set(generator, before + 1);
    return () => generator.draws + before;
  }

  /** Counts one replay's draws. */
  advance(): void {
    for (const [generator, count] of this.draws) generator.draws += count;
  }

  finish(args: readonly Tensor[], outputs: readonly Tensor[], device: Device): TracedFunction {
    return { args, outputs, reads: this.reads, writes: this.writes, device };
  }
}

let active: Trace | undefined;

/** The trace in progress, if any. */
export const activeTrace = (): Trace | undefined => active;

/** Runs `body` with `trace` recording. */
export function tracing<T>(trace: Trace, body: () => T): T {
  const outer = active;
  active = trace;
  try {
    return body();
  } finally {
    active = outer;
  }
}

let recorder: Set<ParameterCell> | undefined;

/** Runs `body` as it stands and says which parameters it assigned. */
export function recordAssignments<T>(body: () => T): { result: T; assigned: ReadonlySet<ParameterCell> } {
  const outer = recorder;
  const assigned = (recorder = new Set<ParameterCell>());
  try {
    return { result: body(), assigned };
  } finally {
    recorder = outer;
  }
}

/** Called by a parameter that gets a new value outside a trace. */
export const noteAssignment = (cell: ParameterCell): void => void recorder?.add(cell);
