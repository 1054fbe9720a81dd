import { firstNotFinite, type Tensor, tuningOf, useTuning } from '@hairpin/tensors';
import type { Rng, RngState } from '@hairpin/tensors/random';
import { Breath } from './breath';
import type { ModelCard } from './checkpoint/model-card';
import { readRunCheckpoint, writeRunCheckpoint } from './checkpoint/run-checkpoint';
import type { RunState } from './checkpoint/run-state';
import { restore, type Snapshot, snapshot } from './checkpoint/snapshot';
import type { CheckpointStore } from './checkpoint/store';
import type { BatchSource } from './data/batch-source';
import { prefetch } from './data/prefetch';
import type { EpochRecord } from './history';
import { type BadStep, MeanLoss, type Pending } from './mean-loss';
import { NotFiniteError } from './not-finite-error';
import type { Batch, TrainStep } from './step';

/** Where a run stands: sent after each reading of losses and after each epoch. */
export interface Progress {
  /** Counted from 1. */
  readonly epoch: number;
  readonly epochs: number;
  /** Batches done in this epoch, and how many it has where that is known. */
  readonly step: number;
  readonly steps?: number;
  /** Mean loss of the epoch so far. */
  readonly loss: number;
  /** Seconds of training, over all sittings. */
  readonly seconds: number;
  /** Batches in a second, in this sitting. */
  readonly rate: number;
  /** Seconds that the rest of the epochs will take at this rate, where their batches are known. */
  readonly remaining?: number;
}

/** How a run is kept, so that another process can go on with it. */
export interface CheckpointOptions {
  readonly store: CheckpointStore;
  /** Save after so many batches; at the end of each epoch in any case. */
  readonly every?: number;
  /** Save once so many seconds have gone by since the last one. */
  readonly everySeconds?: number;
  /** Whether to go on from what the store holds; true unless said. */
  readonly resume?: boolean;
  /** What to write beside the weights. */
  readonly card?: ModelCard;
}

/** How long to train, on what, and whom to tell. */
export interface FitOptions<B extends Batch> {
  readonly step: TrainStep<B>;
  readonly loader: BatchSource<B>;
  /** At most so many. */
  readonly epochs: number;
  /** The same throughout, or by the share of all batches that is done, 0 to 1; the optimiser's own unless said. */
  readonly learningRate?: number | ((done: number) => number);
  /** Batches whose gradients are averaged into one step, 1 unless said. */
  readonly accumulate?: number;
  /** Measures examples kept apart: a loss, or several numbers by name. The weights of the best epoch are kept. */
  readonly validate?: () => Promise<number | Readonly<Record<string, number>>>;
  /** Which of several numbers says what is best, and whether more is better; the loss, less unless said. */
  readonly monitor?: { readonly metric: string; readonly mode: 'min' | 'max' };
  /** Stop after so many epochs without a better validation; never unless said. */
  readonly patience?: number;
  /** Stop after the first epoch whose validation is this good or better; never unless said. */
  readonly target?: number;
  /** Read losses after so many batches, 16 unless said: each reading waits for the device. */
  readonly readEvery?: number;
  readonly checkpoint?: CheckpointOptions;
  /** Generators that the model draws from while it trains, such as that of its dropout: a run that resumes draws on. */
  readonly generators?: Readonly<Record<string, Rng>>;
  readonly onProgress?: (progress: Progress) => void;
  /** After each epoch, awaited, before it is saved: what changes a schedule here is in the checkpoint. */
  readonly onEpoch?: (record: EpochRecord) => void | Promise<void>;
  /** Stops the run after the current step; with `checkpoint` it is saved there, and can go on. */
  readonly signal?: AbortSignal;
}

/** What became of a run. */
export interface FitResult {
  readonly history: readonly EpochRecord[];
  /** The epoch whose weights were kept. */
  readonly bestEpoch: number;
  readonly stopped: 'finished' | 'early' | 'reached' | 'aborted';
  /** Batches that this sitting computed. */
  readonly batches: number;
}

/**
 * Trains until the epochs are over, validation has not improved for `patience` epochs or is as good as `target`, or `signal` says
 * stop; then the weights are those of the best epoch. With `checkpoint` a run that was cut off goes on where it was last saved, to
 * the very same weights.
 * @throws NotFiniteError at a loss or gradient that is NaN or infinite; the weights are then those of the step before
 * @throws HairpinError where a checkpoint is not of this run; nothing was changed then
 */
export function fit<B extends Batch>(options: FitOptions<B>): Promise<FitResult> {
  return new Run(options).toEnd();
}

/** Where an epoch begins, and what was summed up of it before. */
interface Position {
  readonly epoch: number;
  readonly step: number;
}

class Run<B extends Batch> {
  readonly #options: FitOptions<B>;
  readonly #breath = new Breath();
  readonly #started = performance.now();
  #secondsBefore = 0;
  #history: EpochRecord[] = [];
  #best: { epoch: number; value: number; weights: Snapshot } | undefined;
  #losses = new MeanLoss();
  #batches = 0;
  #unsaved = 0; // batches since the last checkpoint
  #saved = performance.now();

  constructor(options: FitOptions<B>) {
    this.#options = options;
    const { epochs, accumulate = 1, readEvery = 16 } = options;
    for (const [name, value] of Object.entries({ epochs, accumulate, readEvery }))
      if (!Number.isInteger(value) || value < 1)
        throw new RangeError(`fit: expected ${name} of at least 1, got ${String(value)}`);
  }

  async toEnd(): Promise<FitResult> {
    const { epochs, step, signal } = this.#options;
    let at = await this.#resume();
    let stopped = this.#outcome(at.epoch - 1);
    while (at.epoch <= epochs && stopped === 'finished') {
      await this.#epoch(at);
      stopped = signal?.aborted ? 'aborted' : this.#outcome(at.epoch);
      at = { epoch: at.epoch + 1, step: 0 };
    }
    if (this.#best) restore(step.weights, this.#best.weights);
    const bestEpoch = this.#best?.epoch ?? this.#history.length;
    return { history: this.#history, bestEpoch, stopped, batches: this.#batches };
  }

  // ---- an epoch --------------------------------------------------------------------------------------------------------

  async #epoch(at: Position): Promise<void> {
    if (at.step === 0) this.#losses = new MeanLoss();
    const isWhole = await this.#steps(at);
    if (!isWhole) return;
    const measured = await this.#options.validate?.();
    const metrics = typeof measured === 'object' ? measured : undefined;
    const validation = typeof measured === 'object' ? this.#monitored(measured) : measured;
    await this.#keepIfBest(at.epoch, validation);
    const record: EpochRecord = {
      epoch: at.epoch,
      train: this.#losses.mean,
      ...(validation !== undefined && { validation }),
      ...(metrics && { metrics }),
      seconds: this.#seconds(),
    };
    this.#history.push(record);
    await this.#options.onEpoch?.(record);
    await this.#save({ epoch: at.epoch + 1, step: 0 });
  }

  /** The batches of an epoch from a place on. False if it was broken off. */
  async #steps({ epoch, step: first }: Position): Promise<boolean> {
    const { loader, readEvery = 16, accumulate = 1, signal, step } = this.#options;
    const pending: Pending[] = [];
    const ask = (done: number, count: number, generators: Pending['generators'], outcome: Tensor) =>
      pending.push({ outcome, count, step: done, generators });
    let done = first;
    let isWhole = true;
    for await (const { rows, batch } of prefetch(loader.epoch(epoch, first))) {
      await this.#breath.take();
      if (signal?.aborted) {
        isWhole = false;
        break;
      }
      const generators = this.#generatorStates();
      const rate = this.#learningRate({ epoch, step: done });
      const outcome = await (accumulate === 1 ? step.run(batch, rate) : step.accumulate(batch));
      for (const input of Object.values(batch)) input.dispose();
      ask(++done, rows.count, generators, outcome);
      this.#batches++;
      this.#unsaved++;
      const isBorder = done % accumulate === 0;
      if (accumulate > 1 && isBorder) ask(done, 0, generators, await step.finish(rate));
      const isSaveDue = isBorder && done !== loader.batches && this.#isSaveDue();
      if (pending.length >= readEvery || isSaveDue) await this.#read(pending.splice(0), { epoch, step: done });
      if (isSaveDue) await this.#save({ epoch, step: done });
    }
    const isCut = done % accumulate !== 0;
    if (isCut && isWhole)
      ask(done, 0, this.#generatorStates(), await step.finish(this.#learningRate({ epoch, step: done })));
    await this.#read(pending.splice(0), { epoch, step: done });
    if (isCut && !isWhole) step.discard();
    else if (!isWhole) await this.#save({ epoch, step: done });
    return isWhole;
  }

  #learningRate({ epoch, step }: Position): number | undefined {
    const { learningRate, epochs, loader } = this.#options;
    if (typeof learningRate !== 'function') return learningRate;
    const share = loader.batches === undefined ? 0 : step / loader.batches;
    return learningRate((epoch - 1 + share) / epochs);
  }

  async #read(pending: readonly Pending[], { epoch, step }: Position): Promise<void> {
    if (pending.length === 0) return;
    const bad = await this.#losses.read(pending);
    if (bad) throw await this.#whyNotFinite(epoch, bad);
    const { onProgress, epochs, loader } = this.#options;
    const { mean } = this.#losses;
    const own = (performance.now() - this.#started) / 1000;
    const rate = this.#batches / own;
    const { batches: steps } = loader;
    const left = steps === undefined ? undefined : (epochs - epoch + 1) * steps - step;
    onProgress?.({
      ...{ epoch, epochs, step, loss: mean, seconds: this.#seconds(), rate },
      ...(steps !== undefined && { steps }),
      ...(left !== undefined && { remaining: left / rate }),
    });
  }

  /** Computes the bad batch once more, from the weights as they are still, to find the first bad number. */
  async #whyNotFinite(epoch: number, bad: BadStep): Promise<NotFiniteError> {
    const { loader, step } = this.#options;
    for (const [name, state] of Object.entries(bad.generators)) this.#options.generators![name].state = state;
    for await (const { batch } of loader.epoch(epoch, bad.step - 1)) {
      const { value, grad } = step.gradients(batch);
      const origin = (await firstNotFinite(value)) ?? (await firstNotFinite(...Object.values(grad)));
      return new NotFiniteError(epoch, bad.step, bad.loss, origin);
    }
    return new NotFiniteError(epoch, bad.step, bad.loss);
  }

  // ---- the best epoch --------------------------------------------------------------------------------------------------

  #monitored(measured: Readonly<Record<string, number>>): number {
    const metric = this.#options.monitor?.metric ?? 'loss';
    if (!(metric in measured))
      throw new RangeError(`fit: expected validate to give "${metric}", got ${Object.keys(measured).join(', ')}`);
    return measured[metric];
  }

  async #keepIfBest(epoch: number, value: number | undefined): Promise<void> {
    if (value === undefined) return;
    const sign = this.#options.monitor?.mode === 'max' ? -1 : 1;
    if (this.#best && !(sign * value < sign * this.#best.value)) return;
    this.#best = { epoch, value, weights: await snapshot(this.#options.step.weights) };
  }

  /** What became of the run if it ended after this epoch. */
  #outcome(epoch: number): FitResult['stopped'] {
    if (this.#isReached()) return 'reached';
    return this.#isStale(epoch) ? 'early' : 'finished';
  }

  #isReached(): boolean {
    const { target, monitor } = this.#options;
    if (target === undefined || this.#best === undefined) return false;
    return monitor?.mode === 'max' ? this.#best.value >= target : this.#best.value <= target;
  }

  #isStale(epoch: number): boolean {
    const { patience } = this.#options;
    return patience !== undefined && this.#best !== undefined && epoch - this.#best.epoch >= patience;
  }

  // ---- checkpoints -----------------------------------------------------------------------------------------------------

  /** Goes on from the store, and says where; without one, at the beginning. */
  async #resume(): Promise<Position> {
    const { checkpoint, step, generators = {} } = this.#options;
    const bytes = checkpoint && checkpoint.resume !== false ? await checkpoint.store.load() : undefined;
    if (!checkpoint || !bytes) return { epoch: 1, step: 0 };
    const { state, best } = readRunCheckpoint(step, bytes, checkpoint.store.name);
    await useTuning(state.tuning, step.isIntact.device);
    for (const [name, rng] of Object.entries(generators)) rng.state = state.generators[name] ?? rng.state;
    this.#history = [...state.history];
    this.#secondsBefore = state.seconds;
    this.#losses.sum = state.lossSum;
    this.#losses.examples = state.examples;
    if (state.best && best) this.#best = { ...state.best, weights: best };
    return { epoch: state.epoch, step: state.step };
  }

  #isSaveDue(): boolean {
    const { every, everySeconds } = this.#options.checkpoint ?? {};
    if (every !== undefined && this.#unsaved >= every) return true;
    return everySeconds !== undefined && performance.now() - this.#saved >= 1000 * everySeconds;
  }

  async #save({ epoch, step }: Position): Promise<void> {
    const { checkpoint, step: trainStep } = this.#options;
    if (!checkpoint) return;
    const isFresh = step === 0;
    const state: RunState = {
      ...{ epoch, step, history: this.#history, seconds: this.#seconds() },
      ...{ lossSum: isFresh ? 0 : this.#losses.sum, examples: isFresh ? 0 : this.#losses.examples },
      best: this.#best && { epoch: this.#best.epoch, value: this.#best.value },
      generators: this.#generatorStates(),
      tuning: await tuningOf(trainStep.isIntact.device),
    };
    const bytes = await writeRunCheckpoint(trainStep, { state, best: this.#best?.weights }, checkpoint.card);
    await checkpoint.store.save(bytes);
    this.#saved = performance.now();
    this.#unsaved = 0;
  }

  #generatorStates(): Record<string, RngState> {
    const entries = Object.entries(this.#options.generators ?? {});
    return Object.fromEntries(entries.map(([name, rng]) => [name, rng.state]));
  }

  #seconds(): number {
    return this.#secondsBefore + (performance.now() - this.#started) / 1000;
  }
}
