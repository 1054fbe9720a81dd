import { HairpinError } from '../errors';
import type { Ceilings } from './ceilings';
import { type ChromeTrace, chromeTrace } from './chrome-trace';
import { observe, type Observation } from './observe';
import type { ArenaRecord, RunRecord, Timing } from './recording';
import { type DispatchProfile, dispatchesOf, type KernelProfile, kernelsOf } from './parts';
import { typical } from './statistics';
import { asText } from './text';

/** How a function is profiled. */
export interface ProfileOptions {
  /** Calls that are timed whole, and as many again that are timed part by part: 5 unless said. */
  readonly repeats?: number;
  /** What the adapter can do at most, from `measureCeilings`: then each kernel says how near it comes. */
  readonly ceilings?: Ceilings;
}

/** Milliseconds of one call, the median of the repeats. */
export interface StepProfile {
  /** From the call until its devices were idle, timed as it ordinarily runs. */
  readonly ms: number;
  /** Of these: the host encoding commands, handing them over, and waiting after the last of them. */
  readonly encodeMs: number;
  readonly submitMs: number;
  readonly waitMs: number;
  readonly submissions: number;
  /** The same call with its parts timed, which takes longer: each gets a pass, or a submission, of its own. */
  readonly watchedMs: number;
  /** All parts together. */
  readonly partsMs: number;
}

/** The first call, which compiles what was not compiled before. */
export interface FirstCall {
  readonly ms: number;
  /** Shaders that were compiled in it, and how long compiling went on. */
  readonly pipelines: number;
  readonly compileMs: number;
}

/** Where the time of a function goes. `String(profile)` is a table to read. */
export interface Profile {
  readonly device: string;
  /**
   * How parts were timed: by the device's own clock; or each dispatch submitted by itself and waited for, where the device has no
   * clock to read; or, on the CPU, op by op.
   */
  readonly timing: Timing;
  /** Where the device's clock moves in steps only, how long a step is, in milliseconds; else 0. */
  readonly grainMs: number;
  readonly repeats: number;
  /** How often the function was called: a training step has trained so often. */
  readonly calls: number;
  readonly step: StepProfile;
  readonly first: FirstCall;
  /** Dispatches of one kernel in one line, the longest first. */
  readonly kernels: readonly KernelProfile[];
  /** Every dispatch, in the order in which they ran. */
  readonly dispatches: readonly DispatchProfile[];
  /** Of the run with the most temporaries. */
  readonly arena: ArenaRecord;
  readonly ceilings?: Ceilings;
  /** The last call that was timed part by part, and the first one's shaders, as Perfetto and chrome://tracing read them. */
  toChromeTrace(): ChromeTrace;
  toString(): string;
}

/**
 * Where the time of `f` goes, kernel by kernel. `f` may be compiled or plain: what it returns is awaited, and what it leaves pending
 * is computed. It is called 1 + 2 · `repeats` times, with the same results as if nobody watched; nothing else should use its
 * device meanwhile. Raises `HairpinError` where `f` computes nothing.
 */
export async function profile(f: () => unknown, options: ProfileOptions = {}): Promise<Profile> {
  const { repeats = 5, ceilings } = options;
  if (!(Number.isInteger(repeats) && repeats > 0))
    throw new HairpinError(`profile: repeats must be a whole number of at least 1, got ${repeats}`);
  const first = await observe(f, false);
  const [whole, apart]: Observation[][] = [[], []];
  for (let i = 0; i < repeats; i++) {
    whole.push(await observe(f, false));
    apart.push(await observe(f, true)); // in turn, so that a busy machine is busy for both
  }
  const dispatches = dispatchesOf(apart, ceilings);
  const runs = apart.at(-1)!.runs;
  if (dispatches.length === 0)
    throw new HairpinError(
      'profile: the function computed nothing; return the tensors that it makes, or call a compiled one',
    );
  const facts = {
    device: [...new Set(runs.map((run) => run.device))].join(', '),
    timing: runs.find((run) => run.parts.length > 0)!.timing!,
    grainMs: Math.max(...runs.map((run) => run.grainMs)),
    repeats,
    calls: 1 + 2 * repeats,
    step: stepOf(whole, apart),
    first: firstCall(first),
    kernels: kernelsOf(dispatches, ceilings),
    dispatches,
    arena: largestArena(runs),
    ...(ceilings && { ceilings }),
  };
  return { ...facts, toChromeTrace: () => chromeTrace(first, apart.at(-1)!), toString: () => asText(facts) };
}

function stepOf(whole: readonly Observation[], apart: readonly Observation[]): StepProfile {
  const middle = (of: (call: Observation) => number, calls = whole) => typical(calls.map(of));
  const total = (call: Observation, of: (run: RunRecord) => number) => call.runs.reduce((sum, run) => sum + of(run), 0);
  return {
    ms: middle(lengthOf),
    encodeMs: middle((call) => total(call, (run) => run.encodeMs)),
    submitMs: middle((call) => total(call, (run) => run.submitMs)),
    waitMs: middle((call) => call.end - Math.max(call.start, ...call.runs.map((run) => run.submitted))),
    submissions: middle((call) => total(call, (run) => run.submissions)),
    watchedMs: middle(lengthOf, apart),
    partsMs: middle((call) => total(call, (run) => run.parts.reduce((sum, part) => sum + part.ms, 0)), apart),
  };
}

const lengthOf = ({ start, end }: Observation): number => end - start;

function firstCall({ pipelines, start, end }: Observation): FirstCall {
  let [compileMs, until] = [0, -Infinity];
  for (const { start: from, ms } of [...pipelines].sort((a, b) => a.start - b.start)) {
    compileMs += Math.max(from + ms - Math.max(from, until), 0); // they compile side by side
    until = Math.max(until, from + ms);
  }
  return { ms: end - start, pipelines: pipelines.length, compileMs };
}

const largestArena = (runs: readonly RunRecord[]): ArenaRecord =>
  runs.map((run) => run.arena).reduce((most, arena) => (arena.temporaryBytes > most.temporaryBytes ? arena : most));
