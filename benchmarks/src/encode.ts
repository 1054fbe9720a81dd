import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { oneHotFasta, simulateGenome, writeFasta } from '@hairpin/bio';
import { Rng } from '@hairpin/tensors/random';
import type { Benchmark, System } from './harness/benchmark';

const genome = openGenome();
const megabases = genome.lengthBp / 1e6;

/** How long does it take to read and one-hot encode a bacterial genome? */
export const encode: Benchmark = {
  name: 'encode',
  question: `How long does it take to inflate, parse and one-hot encode ${genome.what}?`,
  notes: [
    `${megabases.toFixed(2)} Mb of gzipped FASTA in memory; all run on one thread of the processor. 20 Mb/s are asked for, ${(megabases * 50).toFixed(0)} ms; 50 Mb/s, ${(megabases * 20).toFixed(0)} ms, are the goal.`,
    'Hairpin reads a stream and checks every letter and the checksum of the gzip data, in JavaScript alone. The plain loop has all in one string, inflated by the zlib of Node, and checks nothing.',
  ],
  cases: [
    {
      name: `${megabases.toFixed(2)} Mb`,
      systems: [system('hairpin', streamed), system('plain loop', plain)],
      tolerance: 0,
      bars: [{ of: 'hairpin', atMost: Math.round(megabases * 50) }],
    },
  ],
};

interface Genome {
  readonly bytes: Uint8Array;
  readonly lengthBp: number;
  readonly what: string;
}

/** That of *E. coli* where there is the folder of data, else one like it. */
function openGenome(): Genome {
  const path = join(process.env.HAIRPIN_DATA ?? '', 'ecoli_mg1655/GCF_000005845.2_genomic.fna.gz');
  if (existsSync(path))
    return { bytes: readFileSync(path), lengthBp: 4_641_652, what: 'the genome of *E. coli* MG1655' };
  const uniform = Array.from({ length: 4 }, () => [1, 1, 1, 1]);
  const sequence = simulateGenome(4_641_652, new Rng(1), uniform);
  const text = writeFasta([{ id: 'simulated', description: '', sequence }], { lineLength: 80 });
  return { bytes: gzipSync(text), lengthBp: sequence.length, what: 'a simulated genome' };
}

function system(name: string, turn: () => Promise<Float64Array>): System {
  return { name, open: async () => ({ turn, close: () => undefined }) };
}

/** Values of the last position of every thousand, so that the systems can be compared. */
class Sample {
  readonly values = new Float64Array(4 * Math.floor(genome.lengthBp / 1000));

  add(values: Float32Array, start: number): void {
    const first = Math.ceil((start + 1) / 1000);
    const last = Math.floor((start + values.length / 4) / 1000);
    for (let i = first; i <= last; i++) {
      const at = 4 * (1000 * i - 1 - start);
      this.values.set(values.subarray(at, at + 4), 4 * (i - 1));
    }
  }
}

async function streamed(): Promise<Float64Array> {
  const sample = new Sample();
  const policy = { unknown: 'error', lowerCase: 'same' } as const;
  for await (const { values, start } of oneHotFasta(genome.bytes, policy)) sample.add(values, start);
  return sample.values;
}

async function plain(): Promise<Float64Array> {
  const text = gunzipSync(genome.bytes).toString('latin1');
  const letters = text.slice(text.indexOf('\n')).replace(/\n/g, '');
  const values = new Float32Array(4 * letters.length);
  for (let i = 0; i < letters.length; i++) values[4 * i + 'ACGT'.indexOf(letters[i])] = 1;
  const sample = new Sample();
  sample.add(values, 0);
  return sample.values;
}
