import { HairpinError } from '../errors';
import type { PartRecord, Recording, RunRecord } from '../profile/recording';
import type { Arena } from './buffers';
import type { Dispatch } from './plan';
import type { Bindings, Runnable } from './run';
import { TimestampLog } from './timestamps';

/** A run that is about to be submitted, as `Runnable.submit` takes it. */
export interface WatchedRun {
  readonly runnable: Runnable;
  readonly bindings: Bindings;
  readonly arena: Arena;
  readonly scalars: GPUBuffer;
  readonly before: (encoder: GPUCommandEncoder) => void;
  readonly after: (encoder: GPUCommandEncoder) => void;
}

/** A device, and how to wait until it is idle. */
export interface WatchedDevice {
  readonly device: GPUDevice;
  readonly label: string;
  readonly finished: <T>(promise: Promise<T>) => Promise<T>;
}

/** What was timed of a run. */
type Timed = Omit<RunRecord, 'device' | 'arena'>;

/** Submits a run as `Runnable.submit` does, and notes down what it takes. Everything is submitted, or under way, on return. */
export async function recordRun(recording: Recording, on: WatchedDevice, run: WatchedRun): Promise<void> {
  const { plan } = run.runnable;
  recording.idle.set(on.label, async () => on.finished(on.device.queue.onSubmittedWorkDone()).then(() => undefined));
  const arena = {
    buffers: run.arena.buffers,
    bytes: run.arena.resident,
    temporaries: plan.layout.places.length,
    temporaryBytes: plan.layout.sizes.reduce((a, b) => a + b, 0),
  };
  const timed = recording.isApart ? await apart(on, run) : whole(on, run);
  recording.runs.push({ ...timed, device: on.label, arena });
}

function apart(on: WatchedDevice, run: WatchedRun): Promise<Timed> {
  return on.device.features.has('timestamp-query') ? byTimestamps(on, run) : separately(on, run);
}

/** As ever, with the host's clock read between encoding and submitting. */
function whole({ device }: WatchedDevice, run: WatchedRun): Timed {
  const clock = new HostClock();
  const groups = run.runnable.bind(run.bindings, run.arena, run.scalars);
  const { submissions } = run.runnable;
  submissions.forEach((steps, i) => {
    const encoder = device.createCommandEncoder();
    if (i === 0) run.before(encoder);
    if (steps.length > 0) run.runnable.encodePass(encoder, steps, groups);
    if (i === submissions.length - 1) run.after(encoder);
    clock.submit(device, encoder);
  });
  return { ...clock.read(), timing: undefined, submissions: submissions.length, grainMs: 0, parts: [] };
}

/** Each dispatch in a pass of its own, between two readings of the device's clock. */
async function byTimestamps({ device, finished }: WatchedDevice, run: WatchedRun): Promise<Timed> {
  const { plan, submissions } = run.runnable;
  const clock = new HostClock();
  const groups = run.runnable.bind(run.bindings, run.arena, run.scalars);
  const log = new TimestampLog(device, plan.dispatches.length);
  submissions.forEach((steps, i) => {
    const encoder = device.createCommandEncoder();
    if (i === 0) run.before(encoder);
    for (const step of steps) run.runnable.encodePass(encoder, [step], groups, log.around(step));
    const isLast = i === submissions.length - 1;
    if (isLast) run.after(encoder);
    if (isLast) log.resolve(encoder);
    clock.submit(device, encoder);
  });
  const host = clock.read();
  const { spans, grainMs } = await log.read(finished);
  const parts = plan.dispatches.map((dispatch, step) => ({ ...partOf(dispatch), ...spans[step] }));
  return { ...host, timing: 'timestamps', submissions: submissions.length, grainMs, parts };
}

/** Each dispatch submitted by itself and waited for, less what an empty submission takes. */
async function separately(on: WatchedDevice, run: WatchedRun): Promise<Timed> {
  const { device, finished } = on;
  const clock = new HostClock();
  const groups = run.runnable.bind(run.bindings, run.arena, run.scalars);
  const submit = async (encode: (encoder: GPUCommandEncoder) => void) => {
    const start = performance.now();
    const encoder = device.createCommandEncoder();
    encode(encoder);
    clock.submit(device, encoder);
    await finished(device.queue.onSubmittedWorkDone());
    return { start: start - clock.start, ms: performance.now() - start };
  };
  await submit(run.before); // submitted before anything is waited for: what was read before the step keeps its value
  const empties = [await submit(() => undefined), await submit(() => undefined)];
  const spans: { readonly start: number; readonly ms: number }[] = [];
  for (const step of run.runnable.plan.dispatches.keys())
    spans.push(await submit((encoder) => run.runnable.encodePass(encoder, [step], groups)));
  await submit(run.after);
  const empty = emptyOf(empties, spans);
  const parts = run.runnable.plan.dispatches.map((dispatch, step): PartRecord => {
    const { start, ms } = spans[step];
    return { ...partOf(dispatch), start, ms: ms - empty };
  });
  const host = clock.read();
  return { ...host, timing: 'separate submits', submissions: parts.length + 2, grainMs: 0, parts };
}

/**
 * Milliseconds of an empty submission. On a busy machine one may be held up for longer than a whole dispatch takes; at most half of
 * the shortest is taken from each, so that none seems to take no time.
 */
export const emptyOf = (
  empties: readonly { readonly ms: number }[],
  spans: readonly { readonly ms: number }[],
): number => Math.min(...empties.map(({ ms }) => ms), ...spans.map(({ ms }) => ms / 2));

const partOf = ({ name, wgsl, grid, flop, bytes }: Dispatch): Omit<PartRecord, 'start' | 'ms'> => ({
  name,
  kernel: wgsl,
  workgroups: grid,
  flop,
  bytes,
});

/** Tells what the host spends on encoding from what it spends on submitting. */
class HostClock {
  readonly start = performance.now();
  private submitMs = 0;
  private submitted = this.start;
  private submissions = 0;

  submit(device: GPUDevice, encoder: GPUCommandEncoder): void {
    const commands = encoder.finish();
    const start = performance.now();
    device.queue.submit([commands]);
    this.submitted = performance.now();
    this.submitMs += this.submitted - start;
    this.submissions++;
  }

  read(): Pick<RunRecord, 'start' | 'submitted' | 'encodeMs' | 'submitMs'> {
    if (this.submissions === 0) throw new HairpinError('profile: a run that submitted nothing');
    const { start, submitted, submitMs } = this;
    return { start, submitted, submitMs, encodeMs: submitted - start - submitMs };
  }
}
