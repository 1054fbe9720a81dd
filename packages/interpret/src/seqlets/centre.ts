import type { Seqlet } from './extract-seqlets';
import type { ScoredLetters } from './tracks';

/**
 * Seqlets moved so that what contributes in their windows lies in their middle: the mean position, weighted by squared
 * contributions so that a few strong letters outweigh noise. A window wider than a motif has it anywhere; centred, two
 * seqlets of one motif are off each other by little.
 */
export function centred(
  scored: ScoredLetters,
  seqlets: readonly Seqlet[],
  { window, flank }: { readonly window: number; readonly flank: number },
): Seqlet[] {
  return seqlets.map((seqlet) => {
    const first = seqlet.start + flank;
    const middle = meanPosition(scored, seqlet.sequence * scored.length + first, window);
    return { ...seqlet, start: seqlet.start + Math.round(middle - (window - 1) / 2) };
  });
}

/** From 0 to window − 1. */
function meanPosition({ score }: ScoredLetters, first: number, window: number): number {
  let [weights, sum] = [0, 0];
  for (let i = 0; i < window; i++) {
    const weight = score[first + i] ** 2;
    weights += weight;
    sum += weight * i;
  }
  return weights > 0 ? sum / weights : (window - 1) / 2;
}
