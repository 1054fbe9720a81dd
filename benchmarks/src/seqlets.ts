import { findPatterns, type Tracks } from '@hairpin/interpret';
import { Rng } from '@hairpin/tensors/random';
import type { Benchmark, Case } from './harness/benchmark';

const letters = 'ACGT';
const words = ['AGATAAGGC', 'CACAGATGTT', 'TGACTCATC', 'CCACGTGGT', 'GGGCGGAGC', 'TTGCGCAAT', 'ACCGGAAGT', 'TAATTGCTA'];
const length = 100;
const atMost = 600_000; // ms

/** How long does it take, and how much memory, to find the patterns of many seqlets? */
export const seqlets: Benchmark = {
  name: 'seqlets',
  question: 'How long does it take to find the patterns of many seqlets, and how much memory?',
  notes: [
    `Sequences of ${length} letters, in each one of ${words.length} motifs on a random strand, whose letters are right 9 times of 10, with contributions and noise. A turn finds seqlets, their neighbours and clusters, and lays them upon each other, on one thread of the processor.`,
  ],
  cases: [ofSize(20_000)],
};

function ofSize(count: number): Case {
  const open = async () => {
    const tracks = simulated(count);
    const memory = new PeakMemory();
    const turn = async () => {
      const found = await memory.during(findPatterns(tracks, { window: 15 }));
      const sites = found.patterns.reduce((sum, pattern) => sum + pattern.sites.length, 0);
      if (found.patterns.length !== words.length || sites < 0.9 * count) {
        throw new Error(
          `seqlets: ${found.patterns.length} patterns of ${sites} sites of ${found.seqlets.length} seqlets`,
        );
      }
      if (memory.peak > 2000) throw new Error(`seqlets: expected at most 2000 MB resident, got ${memory.peak}`);
      return [found.patterns.length];
    };
    return {
      turn,
      close: () => undefined,
      get note() {
        return `${count} seqlets: at most ${memory.peak} MB resident, the simulated input and Node included.`;
      },
    };
  };
  const bars = [{ of: 'hairpin', atMost }];
  return {
    name: `${count} seqlets`,
    systems: [{ name: 'hairpin', open }],
    rounds: 1,
    tolerance: 0,
    bars,
    patience: 2 * atMost,
  };
}

/** The most memory that was resident while a promise was pending, in MB. */
class PeakMemory {
  peak = 0;

  async during<T>(work: Promise<T>): Promise<T> {
    const look = () => (this.peak = Math.max(this.peak, Math.round(process.memoryUsage.rss() / 1e6)));
    const timer = setInterval(look, 50);
    return work.finally(() => (look(), clearInterval(timer)));
  }
}

function simulated(sequences: number): Tracks {
  const rng = new Rng(1);
  const size = sequences * length * letters.length;
  const [oneHot, contributions] = [new Float32Array(size), new Float32Array(size)];
  for (let sequence = 0; sequence < sequences; sequence++) {
    const word = rng.choice(words);
    const [start, reversed] = [rng.integer(length - word.length), rng.integer(2) === 1];
    for (let at = 0; at < length; at++) {
      const column = reversed ? start + word.length - 1 - at : at - start;
      const planted = letters.indexOf(word[column] ?? '-');
      const isRight = planted >= 0 && rng.next() < 0.9;
      const letter = isRight ? (reversed ? 3 - planted : planted) : rng.integer(4);
      const place = (sequence * length + at) * letters.length + letter;
      oneHot[place] = 1;
      contributions[place] = 0.2 * rng.normal() + Number(isRight);
    }
  }
  return { shape: [sequences, length, letters.length], oneHot, contributions };
}
