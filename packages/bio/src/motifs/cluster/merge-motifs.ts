import { consensus } from '../consensus';
import type { Motif } from '../motif';
import type { Placement } from '../placement';
import { reverseComplementMatrix, toProbabilities } from '../pwm';

/** A motif, how much it counts, and where it lies. */
export interface PlacedMotif {
  readonly motif: Motif;
  readonly weight: number;
  readonly place: Pick<Placement, 'offset' | 'strand'>;
}

/**
 * The mean of motifs that lie on each other, from the first to the last position that at least half of them have.
 * @returns the motif, and the position at which it starts
 */
export function mergeMotifs(placed: readonly PlacedMotif[], id: string): { merged: Motif; start: number } {
  const [counts, covers] = [new Map<number, number[]>(), new Map<number, number>()];
  for (const { motif, weight, place } of placed) {
    const matrix = place.strand === '+' ? motif.probabilities : reverseComplementMatrix(motif.probabilities);
    matrix.forEach((row, i) => {
      const at = place.offset + i;
      const sums = counts.get(at) ?? row.map(() => 0);
      counts.set(
        at,
        sums.map((sum, letter) => sum + weight * row[letter]),
      );
      covers.set(at, (covers.get(at) ?? 0) + 1);
    });
  }
  const positions = shared(covers, placed.length);
  const probabilities = toProbabilities(
    positions.map((at) => counts.get(at)!),
    { pseudocount: 0 },
  );
  const sites = placed.reduce((sum, { weight }) => sum + weight, 0);
  const name = probabilities[0].length === 4 ? consensus(probabilities) : '';
  return { merged: { id, name, probabilities, sites }, start: positions[0] };
}

/** All from the first to the last position that half of the motifs have, or as many as any position has. */
function shared(covers: ReadonlyMap<number, number>, motifs: number): number[] {
  const enough = Math.min(motifs / 2, Math.max(...covers.values()));
  const common = [...covers].filter(([, cover]) => cover >= enough).map(([at]) => at);
  const first = Math.min(...common);
  return Array.from({ length: Math.max(...common) - first + 1 }, (_, i) => first + i);
}
