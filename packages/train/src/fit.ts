import { Breath } from './breath';
import { restore, type Snapshot, snapshot } from './checkpoint/snapshot';
import type { Loader } from './data/loader';
import { MeanLoss, type Pending } from './mean-loss';
import type { Batch, TrainStep } from './step';

/** Where a run stands: sent after each reading of losses and after each epoch. */
export interface Progress {
  /** Counted from 1. */
  readonly epoch: number;
  readonly epochs: number;
  /** Steps done in this epoch, and how many it has. */
  readonly step: number;
  readonly steps: number;
  /** Mean loss of the epoch so far. */
  readonly loss: number;
  readonly seconds: number;
}

/** What is known of an epoch when it is over. */
export interface EpochRecord {
  readonly epoch: number;
  /** Mean training loss, while the weights moved. */
  readonly train: number;
  readonly validation?: number;
  readonly seconds: number;
}

/** How long to train, on what, and whom to tell. */
export interface FitOptions<B extends Batch> {
  readonly step: TrainStep<B>;
  readonly loader: Loader<B>;
  /** At most so many. */
  readonly epochs: number;
  /** The same throughout, or by the share of all steps that is done, 0 to 1. */
  readonly learningRate: number | ((done: number) => number);
  /** Loss on examples kept apart, the lower the better: the weights of the best epoch are kept. */
  readonly validate?: () => Promise<number>;
  /** Stop after so many epochs without a better validation loss; never unless said. */
  readonly patience?: number;
  /** Read losses after so many steps, 16 unless said: each reading waits for the device. */
  readonly readEvery?: number;
  readonly onProgress?: (progress: Progress) => void;
  /** After each epoch, awaited: the place to write a checkpoint. */
  readonly onEpoch?: (record: EpochRecord) => void | Promise<void>;
  /** Stops the run after the current step. */
  readonly signal?: AbortSignal;
}

/** What became of a run. */
export interface FitResult {
  readonly history: readonly EpochRecord[];
  /** The epoch whose weights were kept. */
  readonly bestEpoch: number;
  readonly stopped: 'finished' | 'early' | 'aborted';
}

/**
 * Trains until the epochs are over, validation has not improved for `patience` epochs, or `signal` says stop; then the
 * weights are those of the best epoch.
 * @throws NotFiniteError at a loss or gradient that is NaN or infinite; the weights are then those of the step before
 */
export function fit<B extends Batch>(options: FitOptions<B>): Promise<FitResult> {
  return new Run(options).toEnd();
}

class Run<B extends Batch> {
  readonly #options: FitOptions<B>;
  readonly #history: EpochRecord[] = [];
  readonly #start = performance.now();
  readonly #breath = new Breath();
  #best: { epoch: number; loss: number; weights: Snapshot } | undefined;

  constructor(options: FitOptions<B>) {
    this.#options = options;
  }

  async toEnd(): Promise<FitResult> {
    const { epochs, step, signal } = this.#options;
    let stopped: FitResult['stopped'] = 'finished';
    for (let epoch = 1; epoch <= epochs && stopped === 'finished'; epoch++) {
      await this.#epoch(epoch);
      if (signal?.aborted) stopped = 'aborted';
      else if (this.#isStale(epoch)) stopped = 'early';
    }
    if (this.#best) restore(step.weights, this.#best.weights);
    return { history: this.#history, bestEpoch: this.#best?.epoch ?? this.#history.length, stopped };
  }

  async #epoch(epoch: number): Promise<void> {
    const train = await this.#steps(epoch);
    if (train === undefined) return;
    const validation = await this.#options.validate?.();
    await this.#keepIfBest(epoch, validation);
    const record = { epoch, train, ...(validation !== undefined && { validation }), seconds: this.#seconds() };
    this.#history.push(record);
    await this.#options.onEpoch?.(record);
  }

  /** All steps of an epoch; its mean loss, or undefined if it was broken off. */
  async #steps(epoch: number): Promise<number | undefined> {
    const { loader, step, readEvery = 16, signal, onProgress, epochs } = this.#options;
    const [losses, pending] = [new MeanLoss(epoch), [] as Pending[]];
    const steps = loader.batches;
    let done = 0;
    for (const { rows, batch } of loader.epoch(epoch)) {
      await this.#breath.take();
      if (signal?.aborted) break;
      const outcome = await step.run(batch, this.#learningRate(((epoch - 1) * steps + done) / (epochs * steps)));
      for (const input of Object.values(batch)) input.dispose();
      pending.push({ outcome, count: rows.count, step: ++done });
      if (pending.length < readEvery && done < steps) continue;
      await losses.read(pending.splice(0));
      onProgress?.({ epoch, epochs, step: done, steps, loss: losses.mean, seconds: this.#seconds() });
    }
    await losses.read(pending);
    return done < steps ? undefined : losses.mean;
  }

  #learningRate(done: number): number {
    const { learningRate } = this.#options;
    return typeof learningRate === 'number' ? learningRate : learningRate(done);
  }

  async #keepIfBest(epoch: number, loss: number | undefined): Promise<void> {
    if (loss === undefined || (this.#best && !(loss < this.#best.loss))) return;
    this.#best = { epoch, loss, weights: await snapshot(this.#options.step.weights) };
  }

  #isStale(epoch: number): boolean {
    const { patience } = this.#options;
    return patience !== undefined && this.#best !== undefined && epoch - this.#best.epoch >= patience;
  }

  #seconds(): number {
    return (performance.now() - this.#start) / 1000;
  }
}
