import type { FastaRecord } from '@hairpin/bio';
import type { Rng } from '@hairpin/tensors/random';
import { classSizes, type Examples, fixedExamples, shuffledExamples, shufflesOf } from './examples';
import { InputError } from '../input-error';
import type { Peaks } from './peaks';
import { holdOut, randomSplit } from './split';

/** To learn from, to choose the best epoch by, to measure on: no sequence is in two of them. */
export interface Parts {
  readonly training: Examples;
  readonly validation: Examples;
  readonly heldOut: Examples;
}

/** Share of what was not held out that decides when to stop, and how many sequences of a class at most. */
const VALIDATION_SHARE = 0.1;
const VALIDATION_LIMIT = 2000;
/** Fewer than this cannot be split into three parts that mean something. */
const LEAST = 20;

/** Splits peaks and negatives (their shuffles where there are none) alike. */
export function divide(
  peaks: Peaks,
  negatives: Peaks | undefined,
  chromosomes: readonly string[] | undefined,
  rng: Rng,
): Parts {
  const positive = thirds(peaks, chromosomes, rng.fork('positives'));
  const negative = negatives && thirds(negatives, chromosomes, rng.fork('negatives'));
  const fixed = (part: keyof typeof positive) =>
    fixedExamples(positive[part], negative?.[part] ?? shufflesOf(positive[part], rng.fork(`shuffles, ${part}`)));
  const training = negative ? fixed('training') : shuffledExamples(positive.training);
  const parts = { training, validation: fixed('validation'), heldOut: fixed('heldOut') };
  for (const [name, part] of Object.entries(parts)) checkClasses(name, part);
  return parts;
}

function thirds({ records, source }: Peaks, chromosomes: readonly string[] | undefined, rng: Rng) {
  if (records.length < LEAST)
    throw new InputError(
      `${source}: ${records.length} sequences are too few to learn from and to measure on; ${LEAST} are the least`,
    );
  const { kept, heldOut } = holdOut(records, source, chromosomes, rng.fork('held out'));
  const share = Math.min(VALIDATION_SHARE, VALIDATION_LIMIT / kept.length);
  const inner = randomSplit(kept, share, rng.fork('validation'));
  return { training: lettersOf(inner.kept), validation: lettersOf(inner.heldOut), heldOut: lettersOf(heldOut) };
}

const lettersOf = (records: readonly FastaRecord[]): string[] => records.map(({ sequence }) => sequence);

function checkClasses(name: string, part: Examples): void {
  const { positives, negatives } = classSizes(part);
  if (positives > 0 && negatives > 0) return;
  const words = { training: 'training', validation: 'validation', heldOut: 'held-out' }[name];
  const missing = positives === 0 ? 'peaks' : 'negatives';
  throw new InputError(
    `the ${words} part has no ${missing}: both classes are needed; give more sequences or hold out others`,
  );
}
