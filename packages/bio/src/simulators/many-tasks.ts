import { reverseComplement } from '../edits/reverse-complement';
import { choiceFrom, happens, shuffled } from '../random-source';
import type { RandomSource } from '../random-source';
import { simulateLetters } from './letters';
import { drawPlaces } from './places';
import { sequenceWith } from './sequence-with';

/** How many tasks, and how many labels they have. */
export interface SimulateTasksOptions {
  readonly rng: RandomSource;
  /** Transcription factors, each with its motif: 10 unless said. */
  readonly factors?: number;
  /** 10 unless said. */
  readonly cellTypes?: number;
  /** 1 000 unless said. */
  readonly count?: number;
  /** 200 unless said. */
  readonly lengthBp?: number;
  /** How often a sequence has the motif of a factor, 0.2 unless said. */
  readonly present?: number;
  /** How often a factor is made in a cell type, 0.6 unless said. */
  readonly active?: number;
  /** How often a label is missing, 0 unless said. */
  readonly missing?: number;
  /** Tasks of which only so many sequences have a label, `{ 3: 50 }`: for these few labels, others must help. */
  readonly labelled?: Readonly<Record<number, number>>;
}

/** One set of sequences and many things to be said of each. */
export interface SimulatedTasks {
  readonly sequences: readonly string[];
  /** Words of 8 letters. */
  readonly motifs: readonly string[];
  /** Whether a factor is made in a cell type.   [factors, cellTypes] */
  readonly isActive: Uint8Array;
  /** 1 bound, 0 not, −1 unknown. Task f·cellTypes + c is factor f in cell type c.   [count, factors · cellTypes] */
  readonly labels: Int8Array;
  /** The labels with none missing. */
  readonly truth: Int8Array;
}

/** A factor binds a sequence in a cell type if the sequence has its motif and the cell makes the factor. */
export function simulateTasks({ rng, ...options }: SimulateTasksOptions): SimulatedTasks {
  const { factors = 10, cellTypes = 10, count = 1000, lengthBp = 200, present = 0.2, active = 0.6 } = options;
  const { missing = 0, labelled = {} } = options;
  const motifs = drawMotifs(factors, rng);
  const avoid = motifs.flatMap((motif) => [motif, reverseComplement(motif)]);
  const isActive = Uint8Array.from({ length: factors * cellTypes }, () => (happens(rng, active) ? 1 : 0));
  const holds = Array.from({ length: count }, () => motifs.map(() => happens(rng, present)));
  const sequences = holds.map((own) => {
    const chosen = shuffled(
      motifs.filter((_, factor) => own[factor]),
      rng,
    );
    const places = drawPlaces(
      chosen.map((motif) => motif.length),
      lengthBp,
      rng,
      { apartBp: 1 },
    );
    const elements = chosen.map((motif, i) => ({ position: places[i], letters: onEither(motif, rng) }));
    return sequenceWith(simulateLetters(lengthBp, rng), { rng, elements, avoid });
  });
  const truth = Int8Array.from(
    holds.flatMap((own) => [...isActive].map((made, task) => (made && own[Math.floor(task / cellTypes)] ? 1 : 0))),
  );
  const labels = truth.map((label) => (happens(rng, missing) ? -1 : label));
  for (const [task, kept] of Object.entries(labelled)) {
    const rows = shuffled(Array.from(holds.keys()), rng).slice(kept);
    for (const row of rows) labels[row * isActive.length + Number(task)] = -1;
  }
  return { sequences, motifs, isActive, labels, truth };
}

const onEither = (motif: string, rng: RandomSource) => choiceFrom(rng, [motif, reverseComplement(motif)]);

/** Words of 8 letters, no two of which are equal on either strand. */
function drawMotifs(count: number, rng: RandomSource): string[] {
  const motifs = new Set<string>();
  while (motifs.size < count) {
    const motif = simulateLetters(8, rng);
    if (!motifs.has(reverseComplement(motif))) motifs.add(motif);
  }
  return [...motifs];
}
