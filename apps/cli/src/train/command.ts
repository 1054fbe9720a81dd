import { access } from 'node:fs/promises';
import { writeFasta } from '@hairpin/bio';
import { type Architecture, type TrainedModel, trainModel, type TrainOptions } from '@hairpin/experiments';
import { fileStore as checkpointFile } from '@hairpin/train/node';
import type { OutputFolder } from '../files/output-folder';
import { Interrupted } from '../interrupt';
import { intoFolder } from '../into-folder';
import { WEIGHTS } from '../models/open-model';
import { predictionsTable } from '../models/predictions-table';
import { runFacts } from '../run-facts';
import { sayResult } from '../say-result';
import { UserError } from '../user-error';
import { withDevice } from '../with-device';
import { type DataFlags, readData, sourceOf } from './read-data';

/** The options of `hairpin train`, as the command line gives them. */
export interface TrainFlags extends DataFlags, Omit<TrainOptions, 'architecture' | 'sizes'> {
  readonly model: Architecture;
  readonly filters: number;
  readonly width: number;
  readonly hidden: number;
  readonly dropout: number;
  readonly resume?: boolean;
  readonly out: string;
  readonly device?: 'webgpu' | 'cpu';
  readonly json?: boolean;
  readonly quiet?: boolean;
}

const CHECKPOINT = 'checkpoint.safetensors';

/** Trains a model and writes its folder: all of its files, or a checkpoint to go on from. */
export async function trainCommand(table: string | undefined, flags: TrainFlags): Promise<void> {
  const source = sourceOf(table, flags);
  await intoFolder(flags.out, flags, async ({ folder, teller, signal }) => {
    await checkResume(folder, flags);
    const data = await readData(table, flags);
    const learning = withDevice(flags.device, async (device) => {
      teller.say((await device.backend()).label);
      const store = checkpointFile(folder.file(CHECKPOINT));
      const checkpoint = { store, resume: flags.resume ?? false };
      const context = { source, signal, checkpoint, run: runFacts(), onEvent: teller.tell };
      const trained = await trainModel(data, optionsOf(flags), context);
      await folder.write(await filesOf(trained));
      return trained;
    });
    const trained = await learning.catch(async (error: unknown) => {
      throw error instanceof Interrupted ? await withRemedy(folder) : error;
    });
    await folder.remove(CHECKPOINT);
    teller.end();
    show(trained, flags, folder.path);
  });
}

function optionsOf(flags: TrainFlags): TrainOptions {
  const { filters, width, hidden, dropout, model: architecture, alphabet, seed, epochs } = flags;
  const { batchSize, learningRate, patience, holdOut } = flags;
  const sizes = { filters, width, hidden, dropout };
  return { architecture, sizes, alphabet, seed, epochs, batchSize, learningRate, patience, holdOut };
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

async function checkResume(folder: OutputFolder, { resume }: TrainFlags): Promise<void> {
  if (resume && !(await exists(folder.file(CHECKPOINT))))
    throw new UserError(`${folder.path}: nothing to go on with: no ${CHECKPOINT} is there; leave --resume out`);
}

async function withRemedy(folder: OutputFolder): Promise<Interrupted> {
  const isKept = await exists(folder.file(CHECKPOINT));
  return new Interrupted(
    isKept ? 'interrupted; the same command with --resume goes on' : 'interrupted; nothing was learned yet',
  );
}

/** Weights, card, losses, and what the model says of each sequence that was held out. */
async function filesOf({ model, card, fit, heldOut }: TrainedModel): Promise<Record<string, string | Uint8Array>> {
  const predictions = heldOut.map(({ prediction }) => prediction);
  return {
    [WEIGHTS]: await model.save(card),
    'card.json': `${JSON.stringify(card, undefined, 2)}\n`,
    'history.json': `${JSON.stringify(fit.history, undefined, 2)}\n`,
    'held-out.tsv': predictionsTable(heldOut, predictions, card.task),
    'held-out.fa': writeFasta(
      heldOut.map(({ id, sequence }) => ({ id, description: '', sequence })),
      { lineLength: Infinity },
    ),
  };
}

function show({ card }: TrainedModel, flags: TrainFlags, folder: string): void {
  const metrics = Object.entries(card.metrics).map(([name, value]) => `${name} ${value.toFixed(4)}`);
  const text = `${metrics.join(', ')} on ${card.data.heldOut} held-out sequences\nmodel ${folder}`;
  const { task, metrics: measured, data, training } = card;
  sayResult(text, { model: folder, task, metrics: measured, data, training }, flags);
}
