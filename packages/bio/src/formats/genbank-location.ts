import { excerpt } from './format-error';
import type { Location, LocationPart } from './location';

/** A location that cannot be read; `at` counts characters from 0. */
export class LocationError extends Error {
  constructor(
    message: string,
    readonly at: number,
  ) {
    super(message);
  }
}

/** A part with the strand it is read on, while the strand of the whole is not known. */
type Stranded = LocationPart & { readonly strand: '+' | '-' };

const DEEPEST = 8; // complement(join(complement(…))) is as deep as real files go
const SPAN =
  /(?:([\w.]+):)?(?:([<>]?)(\d{1,12})\.\.([<>]?)(\d{1,12})|(\d{1,12})\^(\d{1,12})|([<>]?)(\d{1,12})(?:\.(\d{1,12}))?)/y;

/**
 * A location as the INSDC feature table writes it (version 11, section 3.4): `51..221`, `<1..9`, `7^8`,
 * `complement(join(1..5,8..12))`, `join(5380..5386,1..136)` …
 * A span whose end comes before its start goes across the origin of a molecule of `length`.
 * @throws LocationError
 */
export function parseLocation(text: string, length: number): Location {
  return new LocationParser(text, length).read();
}

class LocationParser {
  #at = 0;
  #operator: Location['operator'] = 'join';
  #partial = { start: false, end: false };

  constructor(
    readonly text: string,
    readonly length: number,
  ) {}

  read(): Location {
    const parts = this.#expression(0);
    if (this.#at < this.text.length) throw this.#error('expected the end of the location');
    return { ...together(parts), partial: this.#partial, operator: this.#operator };
  }

  #expression(depth: number): Stranded[] {
    if (depth > DEEPEST) throw this.#error(`more than ${DEEPEST} operators inside each other`);
    const operator = /(complement|join|order|bond)\(/y;
    operator.lastIndex = this.#at;
    const name = operator.exec(this.text)?.[1];
    if (name === undefined) return this.#span();
    this.#at = operator.lastIndex;
    if (name === 'order' || name === 'bond') this.#operator = name;
    const parts = name === 'complement' ? otherStrand(this.#expression(depth + 1)) : this.#list(depth + 1);
    if (this.text[this.#at] !== ')') throw this.#error("expected ')'");
    this.#at++;
    return parts;
  }

  #list(depth: number): Stranded[] {
    const parts = this.#expression(depth);
    while (this.text[this.#at] === ',') {
      this.#at++;
      for (const part of this.#expression(depth)) parts.push(part);
    }
    return parts;
  }

  #span(): Stranded[] {
    SPAN.lastIndex = this.#at;
    const found = SPAN.exec(this.text);
    if (!found) throw this.#error('expected a position, complement(, join(, order( or bond(');
    const [, accession, before, from, after, to, left, right, sign, single, upTo] = found;
    const parts = left
      ? this.#site(Number(left), Number(right))
      : this.#stretch(Number(from ?? single), Number(to ?? upTo ?? single), accession);
    const signs = [before, after, sign];
    if (signs.includes('<')) this.#partial = { ...this.#partial, start: true };
    if (signs.includes('>')) this.#partial = { ...this.#partial, end: true };
    this.#at = SPAN.lastIndex;
    return parts.map((part) => ({ ...part, ...(accession && { accession }), strand: '+' }));
  }

  /** Between two neighbours, or the last and the first letter of a circle. */
  #site(left: number, right: number): LocationPart[] {
    const isSite = left >= 1 && left <= this.length && (right === left + 1 || (right === 1 && left === this.length));
    if (!isSite) throw this.#error(`${left}^${right} is no place between two neighbours`);
    return [{ start: left, end: left }];
  }

  #stretch(from: number, to: number, accession: string | undefined): LocationPart[] {
    const isInside = from >= 1 && to >= 1 && (accession !== undefined || Math.max(from, to) <= this.length);
    if (!isInside) throw this.#error(`${from}..${to} is not within 1..${this.length}`);
    if (from <= to) return [{ start: from - 1, end: to }];
    if (accession !== undefined) throw this.#error(`${from}..${to} ends before it begins`);
    return [
      { start: from - 1, end: this.length },
      { start: 0, end: to },
    ];
  }

  #error(message: string): LocationError {
    return new LocationError(`location: ${message}, got ${excerpt(this.text.slice(this.#at))}`, this.#at);
  }
}

/** Read from the other side: the last comes first. */
function otherStrand(parts: readonly Stranded[]): Stranded[] {
  return parts.toReversed().map((part) => ({ ...part, strand: part.strand === '+' ? '-' : '+' }));
}

/** Parts all on the reverse strand are given as they follow each other on the forward one. */
function together(parts: readonly Stranded[]): Pick<Location, 'strand' | 'parts'> {
  if (parts.every(({ strand }) => strand === '+')) return { strand: '+', parts: parts.map(withoutStrand) };
  if (parts.every(({ strand }) => strand === '-')) return { strand: '-', parts: parts.toReversed().map(withoutStrand) };
  return { strand: 'mixed', parts };
}

function withoutStrand({ start, end, accession }: Stranded): LocationPart {
  return { start, end, ...(accession !== undefined && { accession }) };
}
