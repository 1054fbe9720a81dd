import { readFile } from 'node:fs/promises';
import { findMotifs, memeText, readSequences, shuffledExamples } from '@hairpin/experiments';
import { tensor } from '@hairpin/tensors';
import { readSafetensors, type Safetensors } from '@hairpin/tensors/files';
import { Rng } from '@hairpin/tensors/random';
import { inputs, nameOfInput } from '../files/read-input';
import { writeOutput } from '../files/write-output';
import { weightsAt } from '../models/open-model';
import { narrator } from '../narrator';
import { UserError } from '../user-error';
import { withDevice } from '../with-device';

/** The options of `hairpin motifs`, as the command line gives them. */
export interface MotifsFlags {
  readonly seed: number;
  readonly out?: string;
  readonly device?: 'webgpu' | 'cpu';
  readonly quiet?: boolean;
}

/** Writes the motifs that filters find in sequences more often than in their shuffles. */
export async function motifsCommand(
  path: string,
  from: string,
  { seed, out, device, quiet }: MotifsFlags,
): Promise<void> {
  const teller = narrator({ quiet });
  const text = await withDevice(device, async (opened) => {
    const file = await weightsAt(path);
    const filters = filtersIn(readSafetensors(new Uint8Array(await readFile(file)), file), file);
    const source = nameOfInput(from);
    const sequences = await readSequences(await inputs.open(from), { source, alphabet: 'dna' });
    teller.say((await opened.backend()).label);
    teller.say(`reading motifs off the filters, ${sequences.length} sequences and their shuffles`);
    const examples = shuffledExamples(sequences.map(({ sequence }) => sequence));
    const motifs = await findMotifs({ filters }, examples, new Rng(seed));
    if (motifs.length === 0)
      throw new UserError(`${source}: no filter finds a motif there more often than in shuffles`);
    return memeText(motifs);
  });
  await writeOutput(text, out);
}

/** Where the filters of the first layer lie, by the name of their weights, in models of train and of discover. */
const PLACES = ['body.layers.0', 'filters.layers.0', 'filters'];

function filtersIn({ tensors }: Safetensors, file: string) {
  const place = PLACES.find((name) => tensors[`${name}.weight`]?.shape.length === 3);
  if (place === undefined)
    throw new UserError(`${file}: the model has no filters; train one with --model cnn or hybrid`);
  const [weight, bias] = [tensors[`${place}.weight`], tensors[`${place}.bias`]];
  if (weight.shape[1] !== 4) throw new UserError(`${file}: its filters read ${weight.shape[1]} letters; expected DNA`);
  const asTensor = ({ data, shape }: typeof weight) => tensor(Float32Array.from(data as Float32Array), { shape });
  return { weight: asTensor(weight), ...(bias && { bias: asTensor(bias) }) };
}
