import type { Motif } from './motif';
import { alignMotifs } from './similarity';

/**
 * sites × (information − log2(positions / sites)), in bits: what the motif tells about its sites beyond what it takes to
 * point at them (R_sequence against R_frequency, Schneider et al. 1986, J. Mol. Biol. 188:415). The sites that a filter
 * picks from random sequence cannot score above 0, however sharp or frequent they are; enriched sites do.
 */
export function netInformation({ sites, positions, informationBits }: Motif): number {
  return sites > 0 ? sites * (informationBits - Math.log2(positions / sites)) : 0;
}

/**
 * sites × log2(rate / rate in the controls), in bits: how much likelier so many sites are here than there, one pseudocount
 * in the controls. Low for filters that answer to composition alone, which controls of the same composition share.
 */
export function enrichment({ sites, positions, control }: Motif): number {
  if (!control) throw new TypeError('enrichment: expected a motif with control counts; give filtersToMotifs a control');
  if (sites === 0) return 0;
  return sites * Math.log2(sites / positions / ((control.sites + 1) / (control.positions + 1)));
}

/** The evidence that a motif is more than chance: `enrichment` where controls were counted, else `netInformation`. */
export function motifScore(motif: Motif): number {
  return motif.control ? enrichment(motif) : netInformation(motif);
}

/** The motifs from the highest score to the lowest; equal scores keep their order. */
export function rankMotifs(motifs: readonly Motif[], score: (motif: Motif) => number = motifScore): Motif[] {
  return motifs.toSorted((a, b) => score(b) - score(a));
}

/** The motifs without those that resemble an earlier one: Pearson ≥ `threshold` at the best offset and strand. */
export function distinctMotifs(motifs: readonly Motif[], { threshold = 0.9, minOverlap = 5 } = {}): Motif[] {
  const kept: Motif[] = [];
  for (const motif of motifs) {
    const isKnown = kept.some((k) => alignMotifs(k.counts, motif.counts, { minOverlap }).similarity >= threshold);
    if (!isKnown) kept.push(motif);
  }
  return kept;
}
