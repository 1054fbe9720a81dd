import { HairpinError } from '../errors';

/** One dispatch of a run that was watched; on the CPU, one op. */
export interface PartRecord {
  /** The ops in it. */
  readonly name: string;
  /** Equal for dispatches of one kernel. */
  readonly kernel: string;
  readonly workgroups?: readonly [number, number, number];
  /** Floating-point operations, where they are known. */
  readonly flop?: number;
  readonly bytes: number;
  /** Milliseconds from the start of the run, and how many it took. */
  readonly start: number;
  readonly ms: number;
}

/** How the parts of a run were timed. */
export type Timing = 'timestamps' | 'separate submits' | 'each op';

/** Memory of a run's temporaries. */
export interface ArenaRecord {
  /** Buffers and bytes of the arena, which all plans of the device share. */
  readonly buffers: number;
  readonly bytes: number;
  /** What this run has in it. */
  readonly temporaries: number;
  readonly temporaryBytes: number;
}

/** One plan that ran while somebody watched. */
export interface RunRecord {
  /** The device's label. */
  readonly device: string;
  /** Undefined where only the run as a whole was timed. */
  readonly timing: Timing | undefined;
  /** Clock of the host, in milliseconds: when it began, and when the last of it was submitted. */
  readonly start: number;
  readonly submitted: number;
  /** Milliseconds of the host to encode it, and to submit it. */
  readonly encodeMs: number;
  readonly submitMs: number;
  readonly submissions: number;
  /** Where times are known in steps only, how long a step is, in milliseconds; else 0. */
  readonly grainMs: number;
  readonly parts: readonly PartRecord[];
  readonly arena: ArenaRecord;
}

/** A shader that was compiled meanwhile. */
export interface PipelineRecord {
  readonly name: string;
  readonly start: number;
  readonly ms: number;
}

/** What devices note down while somebody watches. */
export interface Recording {
  /** True where each dispatch is to be timed, and not only the run. */
  readonly isApart: boolean;
  readonly runs: RunRecord[];
  readonly pipelines: PipelineRecord[];
  /** For each device that ran something, how to wait until it is idle. */
  readonly idle: Map<string, () => Promise<void>>;
}

let active: Recording | undefined;

/** Where devices note down what they run; undefined, as it nearly always is, where nobody watches. */
export const activeRecording = (): Recording | undefined => active;

/** Watches what devices run until `body` is through. */
export async function recorded(recording: Recording, body: () => Promise<void>): Promise<void> {
  if (active) throw new HairpinError('profile: another profile is under way; await it first');
  active = recording;
  try {
    await body();
  } finally {
    active = undefined;
  }
}
