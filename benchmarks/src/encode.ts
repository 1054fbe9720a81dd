import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { oneHotFasta, simulateGenome, writeFasta } from '@hairpin/bio';
import { Rng } from '@hairpin/tensors/random';
import type { Benchmark, Case, System } from './harness/benchmark';

const lengthBp = 4_641_652;
const real = join(process.env.HAIRPIN_DATA ?? '', 'ecoli_mg1655/GCF_000005845.2_genomic.fna.gz');
/** So often, one member of the gzip file after the other, the genome comes to 50 Mb. */
const copies = 11;

/** How long does it take to read and one-hot encode a bacterial genome, and 50 Mb of them? */
export const encode: Benchmark = {
  name: 'encode',
  question: `How long does it take to inflate, parse and one-hot encode ${existsSync(real) ? 'the genome of _E. coli_ MG1655' : 'a simulated genome'}, and ${copies} of them in one file?`,
  notes: [
    'Gzipped FASTA in memory; all run on one thread of the processor. 20 Mb/s are asked for, 50 Mb/s are the goal.',
    'Hairpin reads a stream and checks every letter and the checksum of the gzip data, in JavaScript alone. The plain loop has all in one string, inflated by the zlib of Node, and checks nothing.',
  ],
  cases: [encodeCase(1), encodeCase(copies)],
};

/** That of *E. coli* where there is the folder of data, else one like it; made when it is asked for, since every question loads this file. */
const genome = (): Uint8Array => (opened ??= existsSync(real) ? readFileSync(real) : simulated());
let opened: Uint8Array | undefined;

function simulated(): Uint8Array {
  const uniform = Array.from({ length: 4 }, () => [1, 1, 1, 1]);
  const sequence = simulateGenome(lengthBp, new Rng(1), uniform);
  return gzipSync(writeFasta([{ id: 'simulated', description: '', sequence }], { lineLength: 80 }));
}

function encodeCase(times: number): Case {
  const megabases = (times * lengthBp) / 1e6;
  return {
    name: `${megabases.toFixed(2)} Mb`,
    systems: [system('hairpin', streamed, times), system('plain loop', plain, times)],
    tolerance: 0,
    rounds: times > 1 ? 5 : 7,
    bars: [{ of: 'hairpin', atMost: Math.round(megabases * 50) }],
  };
}

function system(
  name: string,
  read: (bytes: Uint8Array, records: number) => Promise<Float64Array>,
  times: number,
): System {
  const open = async () => {
    const bytes = Buffer.concat(Array.from({ length: times }, genome));
    return { turn: () => read(bytes, times), close: () => undefined };
  };
  return { name, open };
}

/** Values of the last position of every thousand of a record, so that the systems can be compared. */
class Sample {
  readonly values: Float64Array;
  private readonly each = 4 * Math.floor(lengthBp / 1000);

  constructor(records: number) {
    this.values = new Float64Array(records * this.each);
  }

  /** @param start of the values, in letters from the start of the record */
  add(values: Float32Array, record: number, start: number): void {
    const first = Math.ceil((start + 1) / 1000);
    const last = Math.floor((start + values.length / 4) / 1000);
    for (let i = first; i <= last; i++) {
      const at = 4 * (1000 * i - 1 - start);
      this.values.set(values.subarray(at, at + 4), record * this.each + 4 * (i - 1));
    }
  }
}

async function streamed(bytes: Uint8Array, records: number): Promise<Float64Array> {
  const sample = new Sample(records);
  const policy = { unknown: 'error', lowerCase: 'same' } as const;
  for await (const { values, record, start } of oneHotFasta(bytes, policy)) sample.add(values, record, start);
  return sample.values;
}

async function plain(bytes: Uint8Array, records: number): Promise<Float64Array> {
  const sample = new Sample(records);
  const [, ...texts] = gunzipSync(bytes).toString('latin1').split('>');
  for (const [record, text] of texts.entries()) {
    const letters = text.slice(text.indexOf('\n')).replace(/\n/g, '');
    const values = new Float32Array(4 * letters.length);
    for (let i = 0; i < letters.length; i++) values[4 * i + 'ACGT'.indexOf(letters[i])] = 1;
    sample.add(values, record, 0);
  }
  return sample.values;
}
