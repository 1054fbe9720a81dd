import type { Strand } from '../strand';

/**
 * A piece of a circle of some length: it begins at `start`, counted from 0, which is on the circle, and ends before `end`,
 * which lies beyond the length where the piece goes on across the origin. On '-' it reads from its end to its start.
 */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly strand: Strand;
}

/**
 * The span that is written `first..last` with positions from 1, both included, as in GenBank; where `last` is before `first`
 * it goes across the origin: `8569..276`.
 * @throws RangeError for positions that are not on the circle
 */
export function spanOf(first: number, last: number, lengthBp: number, strand: Strand = '+'): Span {
  for (const position of [first, last]) {
    if (Number.isInteger(position) && position >= 1 && position <= lengthBp) continue;
    throw new RangeError(`spanOf: expected positions from 1 to ${lengthBp}, got ${position}`);
  }
  return { start: first - 1, end: last < first ? last + lengthBp : last, strand };
}

/**
 * The pieces of a joined location where each begins at the end of the one before, across the origin or not, as one:
 * `join(3981..5386,1..136)` of 5 386 bp is a single piece. Other pieces (exons) stay apart, in their order. Those of the
 * other strand come as inside `complement(join(…))`, in rising order.
 */
export function joinSpans<T extends Span>(spans: readonly T[], lengthBp: number): T[] {
  const joined: T[] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    if (last && last.strand === span.strand && modulo(last.end, lengthBp) === span.start) {
      joined[joined.length - 1] = { ...last, end: last.end + span.end - span.start };
    } else joined.push(span);
  }
  return joined;
}

/** A feature of a circle as it stands after the circle was rotated to begin at `by`. */
export function rotateSpan<T extends Span>(span: T, by: number, lengthBp: number): T {
  const start = modulo(span.start - by, lengthBp);
  return { ...span, start, end: start + span.end - span.start };
}

/** A feature of a circle as it stands on the other strand's circle, read 5′ to 3′. */
export function flipSpan<T extends Span>(span: T, lengthBp: number): T {
  const start = modulo(lengthBp - span.end, lengthBp);
  return { ...span, start, end: start + span.end - span.start, strand: span.strand === '+' ? '-' : '+' };
}

/** Whether two features of a circle share a position, whatever their strands. */
export function spansOverlap(a: Span, b: Span, lengthBp: number): boolean {
  const [fromA, fromB] = [modulo(b.start - a.start, lengthBp), modulo(a.start - b.start, lengthBp)];
  const [hasA, hasB] = [a.end > a.start, b.end > b.start];
  return hasA && hasB && (fromA < a.end - a.start || fromB < b.end - b.start);
}

/** The remainder that is never negative. */
export function modulo(position: number, lengthBp: number): number {
  return ((position % lengthBp) + lengthBp) % lengthBp;
}
