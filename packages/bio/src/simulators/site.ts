import { reverseComplement } from '../edits/reverse-complement';
import type { Matrix } from '../motifs/pwm';
import { drawIndex } from '../random-source';
import type { RandomSource } from '../random-source';
import type { Strand } from '../strand';

/** A site put into a sequence: letters as they stand there, read on the forward strand from `position` (from 0). */
export interface PlantedSite {
  readonly position: number;
  readonly strand: Strand;
  readonly letters: string;
}

/** A site of the motif at a random place, on either strand. */
export function drawSite(motif: Matrix, lengthBp: number, rng: RandomSource): PlantedSite {
  const letters = motif.map((row) => 'ACGT'[drawIndex(rng, row)]).join('');
  const strand = rng.integer(2) === 0 ? '+' : '-';
  const position = rng.integer(lengthBp - motif.length + 1);
  return { position, strand, letters: strand === '+' ? letters : reverseComplement(letters) };
}

/** The sequence with the letters of the site in their place. */
export function plant(sequence: string, site: Pick<PlantedSite, 'position' | 'letters'> | null): string {
  if (!site) return sequence;
  return sequence.slice(0, site.position) + site.letters + sequence.slice(site.position + site.letters.length);
}
