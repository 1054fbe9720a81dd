import type { Location, LocationPart } from './location';

/**
 * A location as GenBank writes it: `51..221`, `complement(join(<1..5,8..12))`. A stretch across the origin of a circle comes as the two
 * parts it has: `join(5380..5386,1..136)`.
 * @param length of the sequence, behind whose last letter a site lies before the first: `5386^1`
 * @throws RangeError for a location without parts, and for parts that no file can hold
 */
export function writeLocation({ strand, parts, partial, operator }: Location, length: number): string {
  if (parts.length === 0) throw new RangeError('writeLocation: expected at least one part, got none');
  const last = parts.length - 1;
  const texts = parts.map((part, i) => {
    const text = stretch(part, length, { start: partial.start && i === 0, end: partial.end && i === last });
    return part.strand === '-' ? `complement(${text})` : text;
  });
  const isPlain = parts.length === 1 && operator === 'join';
  const all = isPlain ? texts[0] : `${operator}(${texts.join(',')})`;
  return strand === '-' ? `complement(${all})` : all;
}

function stretch({ start, end, accession }: LocationPart, length: number, open: Location['partial']): string {
  if (!(Number.isInteger(start) && Number.isInteger(end) && 0 <= start && start <= end)) {
    throw new RangeError(`writeLocation: expected whole positions in order, got ${start} to ${end}`);
  }
  const where = accession === undefined ? '' : `${accession}:`;
  if (start === end) return where + site(start, length, open);
  const [from, to] = [`${open.start ? '<' : ''}${start + 1}`, `${open.end ? '>' : ''}${end}`];
  return where + (end === start + 1 && !open.start && !open.end ? to : `${from}..${to}`);
}

/** Between two letters, which has neither '<' nor '>'. */
function site(at: number, length: number, open: Location['partial']): string {
  if (at >= 1 && at <= length && !open.start && !open.end) return `${at}^${at === length ? 1 : at + 1}`;
  throw new RangeError(`writeLocation: a site at ${at} of ${length} letters cannot be written`);
}
