import { dna } from '../alphabet';
import type { Alphabet } from '../alphabet';
import { reverseComplement } from '../edits/reverse-complement';
import type { Interval } from './bed';

/** A stretch of a feature. */
export interface LocationPart extends Interval {
  /** Only where a feature has parts on both strands. */
  readonly strand?: '+' | '-';
  /** The record that the stretch lies on, if another. */
  readonly accession?: string;
}

/**
 * Where a feature lies. Positions count from 0, `end` is not part of it; a site between two letters has equal ends.
 * The letters are those of the parts one after the other; on strand `'-'` the reverse complement of all that. A feature
 * across the origin of a circle has a part up to the end and one from 0. `'mixed'`: each part is read on its own strand.
 */
export interface Location {
  readonly strand: '+' | '-' | 'mixed';
  readonly parts: readonly LocationPart[];
  /** Whether the feature begins before the first position of the parts (`<`), ends after the last (`>`). */
  readonly partial: { readonly start: boolean; readonly end: boolean };
  /** `order`: the parts belong together, but what they make when joined is not known · `bond`: a bond between residues. */
  readonly operator: 'join' | 'order' | 'bond';
}

/**
 * The letters of a feature.
 * @throws RangeError for a part beyond the sequence or on another record
 */
export function lettersAt(sequence: string, { strand, parts }: Location, alphabet: Alphabet = dna): string {
  const letters = parts.map((part) => {
    checkPart(part, sequence.length);
    const slice = sequence.slice(part.start, part.end);
    return part.strand === '-' ? reverseComplement(slice, alphabet) : slice;
  });
  return strand === '-' ? reverseComplement(letters.join(''), alphabet) : letters.join('');
}

function checkPart({ start, end, accession }: LocationPart, length: number): void {
  if (accession !== undefined) throw new RangeError(`lettersAt: ${start}..${end} lies on another record, ${accession}`);
  if (end > length) throw new RangeError(`lettersAt: ${start}..${end} is beyond the sequence's ${length} letters`);
}
