import { readSequences } from '@hairpin/experiments';
import { inputs, nameOfInput } from '../files/read-input';
import { writeOutput } from '../files/write-output';
import { openModel } from '../models/open-model';
import { predictionOf, predictionsTable } from '../models/predictions-table';
import { narrator } from '../narrator';
import { withDevice } from '../with-device';

/** The options of `hairpin predict`, as the command line gives them. */
export interface PredictFlags {
  readonly out?: string;
  readonly device?: 'webgpu' | 'cpu';
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Writes what a model says of sequences. */
export async function predictCommand(path: string, from: string, flags: PredictFlags): Promise<void> {
  const teller = narrator(flags);
  const text = await withDevice(flags.device, async (device) => {
    const { model, card } = await openModel(path);
    const { alphabet, task } = card;
    const sequences = await readSequences(await inputs.open(from), { source: nameOfInput(from), alphabet });
    teller.say((await device.backend()).label);
    const outputs = await model.predict(sequences);
    if (!flags.json) return predictionsTable(sequences, outputs, task);
    return sequences.map((one, i) => `${JSON.stringify(predictionOf(one, outputs[i], task))}\n`).join('');
  });
  await writeOutput(text, flags.out);
}
