import { reverseComplement } from '../edits/reverse-complement';
import { happens, integerFrom } from '../random-source';
import type { RandomSource } from '../random-source';
import { ISLAND_DINUCLEOTIDES } from './cpg-islands';
import { HUMAN_DINUCLEOTIDES, simulateGenome } from './genome';
import { drawPlaces } from './places';
import { placesOf, sequenceWith } from './sequence-with';

/** An enhancer or a promoter, and what tells them apart. */
export interface RegulatoryElement {
  readonly sequence: string;
  readonly kind: 'enhancer' | 'promoter';
  /** Where the TATA box begins; −1 without one. */
  readonly tata: number;
  /** Where motifs begin, in rising order. */
  readonly motifs: readonly number[];
  /** Dinucleotides CG per letter. */
  readonly cpgDensity: number;
}

/** How elements look. */
export interface SimulateRegulatoryOptions {
  readonly rng: RandomSource;
  /** 1 000 unless said; every second is a promoter. */
  readonly count?: number;
  /** 500 unless said. */
  readonly lengthBp?: number;
  /** Where transcription starts in a promoter, 400 unless said; the TATA box begins 31 letters before. */
  readonly startBp?: number;
  /** The share of promoters with a TATA box, 0.5 unless said. */
  readonly withTata?: number;
  /** The motif whose copies are counted, `TGAGTCA` unless said: 2 to 6 in an enhancer, up to 2 in a promoter. */
  readonly motif?: string;
}

const TATA = 'TATAAAAG'; // of TATAWAW, which stands 31 to 24 letters before the start

/**
 * Promoters are CpG islands, half of them with a TATA box in a fixed place; enhancers have the composition of the genome and more
 * copies of the motif. Motif and TATA box occur nowhere else.
 */
export function simulateRegulatory({ rng, ...options }: SimulateRegulatoryOptions): RegulatoryElement[] {
  const { count = 1000, lengthBp = 500, startBp = 400, withTata = 0.5, motif = 'TGAGTCA' } = options;
  const tataAt = startBp - 31;
  if (!(tataAt >= 0 && startBp <= lengthBp)) {
    throw new RangeError(`simulateRegulatory: expected a start from 31 to ${lengthBp} bp, got ${startBp}`);
  }
  const avoid = [motif, TATA].flatMap((word) => [word, reverseComplement(word)]);
  return Array.from({ length: count }, (_, i) => {
    const kind = i % 2 === 0 ? 'enhancer' : 'promoter';
    const tata = kind === 'promoter' && happens(rng, withTata) ? tataAt : -1;
    const copies = kind === 'promoter' ? integerFrom(rng, 0, 2) : integerFrom(rng, 2, 6);
    const motifs = drawMotifs(copies, motif.length, lengthBp, tata, rng);
    const background = simulateGenome(lengthBp, rng, kind === 'promoter' ? ISLAND_DINUCLEOTIDES : HUMAN_DINUCLEOTIDES);
    const elements = motifs.map((position) => ({ position, letters: motif }));
    if (tata >= 0) elements.push({ position: tata, letters: TATA });
    const sequence = sequenceWith(background, { rng, elements, avoid });
    return { sequence, kind, tata, motifs, cpgDensity: placesOf('CG', sequence).length / lengthBp };
  });
}

/** Places of motifs that leave the TATA box free. */
function drawMotifs(copies: number, widthBp: number, lengthBp: number, tata: number, rng: RandomSource): number[] {
  const isClear = (at: number) => tata < 0 || at + widthBp < tata || at > tata + TATA.length;
  for (;;) {
    const places = drawPlaces(Array<number>(copies).fill(widthBp), lengthBp, rng, { apartBp: 1 });
    if (places.every(isClear)) return places;
  }
}
