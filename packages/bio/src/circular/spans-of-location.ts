import type { Location } from '../formats/location';
import { joinSpans } from './span';
import type { Span } from './span';

/**
 * A feature of a circular record as pieces of the circle: what goes on across the origin is one, exons stay apart.
 * @param lengthBp of the record
 * @throws RangeError for a part on another record
 */
export function spansOf({ strand, parts }: Location, lengthBp: number): Span[] {
  const own = parts.map(({ start, end, strand: each = strand === '-' ? '-' : '+', accession }): Span => {
    if (accession === undefined) return { start, end, strand: each };
    throw new RangeError(`spansOf: ${start}..${end} lies on another record, ${accession}`);
  });
  return joinSpans(own, lengthBp);
}
