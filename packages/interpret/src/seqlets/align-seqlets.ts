import type { Pace } from '../long-run';
import type { Seqlet } from './extract-seqlets';
import { forEachLetter, type Placement, type Stack } from './placement';
import type { Rows } from './rows';
import { NONE, type ScoredLetters } from './tracks';

const PASSES = 3; // over all members, after the first: by then hardly any moves

/** What is aligned: the seqlets, and their letters and weights on both strands. */
export interface Alignable {
  readonly scored: ScoredLetters;
  readonly seqlets: readonly Seqlet[];
  readonly rows: Rows;
  /** The rows on the other strand; without it seqlets stay as they are. */
  readonly turned?: Rows;
}

/**
 * Lays the members of a cluster upon each other. The first one, the most central, is the mean to begin with; each further
 * one goes to where it resembles the mean of those before it most, by cosine, on either strand. Then each is taken out and
 * put back some times, which can only bring them closer to each other.
 * @param members numbers of seqlets, the most central first
 * @param shift positions by which a member may be off the first
 */
export async function alignSeqlets(
  given: Alignable,
  members: ArrayLike<number>,
  { shift, pace }: { readonly shift: number; readonly pace: Pace },
): Promise<Stack> {
  const { width } = given.rows;
  const mean = new GrowingMean(given, shift);
  const places: Placement[] = [];
  for (let i = 0; i < members.length; i++) {
    places.push(mean.add(members[i], mean.bestPlace(members[i])));
    await pace.step();
  }
  for (let pass = 0, isMoving = true; pass < PASSES && isMoving; pass++) {
    isMoving = false;
    for (let i = 0; i < members.length; i++) {
      mean.remove(members[i], places[i]);
      const place = mean.add(members[i], mean.bestPlace(members[i]));
      if (place.start !== places[i].start || place.reversed !== places[i].reversed) isMoving = true;
      places[i] = place;
      await pace.step(0);
    }
  }
  return { width, sites: places };
}

/** The sum of the weights of what was placed, by column and letter. */
class GrowingMean {
  readonly #sum: Float64Array; // [width, letters]
  readonly #offsets: readonly number[]; // the nearest first, so that of equal ones the least is taken

  constructor(
    private readonly given: Alignable,
    shift: number,
  ) {
    this.#sum = new Float64Array(given.rows.width * given.rows.letters);
    this.#offsets = Array.from({ length: 2 * shift + 1 }, (_, i) => (i % 2 ? (i + 1) / 2 : -i / 2));
  }

  bestPlace(member: number): Placement {
    const { rows, turned, seqlets } = this.given;
    let [best, place] = [-Infinity, { offset: 0, reversed: false }];
    for (const strand of turned ? [rows, turned] : [rows]) {
      for (const offset of this.#offsets) {
        const product = this.#product(strand, member, offset);
        if (product > best + 1e-12) [best, place] = [product, { offset, reversed: strand === turned }];
      }
    }
    const { sequence, start, score } = seqlets[member];
    const begin = place.reversed ? start + place.offset : start - place.offset;
    return { sequence, start: begin, reversed: place.reversed, score };
  }

  add(member: number, place: Placement): Placement {
    this.#change(member, place, 1);
    return place;
  }

  remove(member: number, place: Placement): void {
    this.#change(member, place, -1);
  }

  /** A row times the sum, its first position upon column `offset`; a cosine but for factors that do not change. */
  #product({ width, letters, letter, weight }: Rows, row: number, offset: number): number {
    let product = 0;
    for (let column = Math.max(0, offset); column < Math.min(width, width + offset); column++) {
      const at = row * width + column - offset;
      if (letter[at] !== NONE) product += weight[at] * this.#sum[column * letters + letter[at]];
    }
    return product;
  }

  /** Adds what the sequence has under all columns, also where the seqlet itself ends. */
  #change(member: number, place: Placement, sign: number): void {
    const { scored, rows } = this.given;
    const factor = sign / sizeOf(this.given, member);
    forEachLetter(scored, place, rows.width, (column, letter, at) => {
      this.#sum[column * rows.letters + letter] += factor * scored.score[at];
    });
  }
}

/** The sum of the sizes of a seqlet's contributions, 1 if there are none. */
function sizeOf({ scored, seqlets, rows }: Alignable, member: number): number {
  const { sequence, start } = seqlets[member];
  const first = sequence * scored.length;
  const [from, to] = [first + Math.max(0, start), first + Math.min(scored.length, start + rows.width)];
  return scored.score.subarray(from, to).reduce((sum, score) => sum + Math.abs(score), 0) || 1;
}
