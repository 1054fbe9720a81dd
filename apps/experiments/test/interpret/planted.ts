import { deepShap, type DeepShapOptions, inputTimesGradient } from '@hairpin/interpret';
import { auprc } from '@hairpin/train';
import { encoded, type TalGataNet, type TalGataSequence } from './tal-gata';

/** The motifs that make a sequence a positive of each task: both, GATA, TAL1. */
export const motifsOfTask = [/GATA|TAL1/, /GATA/, /TAL1/];

/** The first positives of a task. */
export const positivesOf = (all: readonly TalGataSequence[], task: number, most = Infinity): TalGataSequence[] =>
  all.filter(({ tasks }) => tasks[task]).slice(0, most);

/** 1 at each position of each sequence that a motif of the task takes. */
function plantedPositions(sequences: readonly TalGataSequence[], task: number): Uint8Array {
  const length = sequences[0].sequence.length;
  const labels = new Uint8Array(sequences.length * length);
  sequences.forEach(({ planted }, i) => {
    for (const { motif, start, end } of planted)
      if (motifsOfTask[task].test(motif)) labels.fill(1, i * length + start, i * length + end);
  });
  return labels;
}

/** |contribution| of each position: those of its letters add up to it. */
function strengths(contributions: ArrayLike<number>): Float64Array {
  const strength = new Float64Array(contributions.length / 4);
  for (let i = 0; i < contributions.length; i++) strength[i >> 2] = strength[i >> 2] + contributions[i];
  return strength.map(Math.abs);
}

/** AUPRC of |contribution| against the planted positions, pooled over the sequences. */
export async function auprcOf(
  net: TalGataNet,
  sequences: readonly TalGataSequence[],
  task: number,
  references: DeepShapOptions['references'] | 'gradient',
): Promise<number> {
  const x = encoded(sequences.map(({ sequence }) => sequence));
  const model = net.forward.bind(net);
  const found =
    references === 'gradient'
      ? await inputTimesGradient(model, x, { target: task })
      : await deepShap(model, x, { target: task, references, batchSize: 40 });
  return auprc(plantedPositions(sequences, task), strengths(await found.contributions.data()));
}
