import type { Matrix } from '../motifs/matrix';

/** Letters taken out of a sequence, and what stands in their place. */
export interface Edit {
  /** The first letter taken out, or the one before which something is put in; counted from 0 in the unmutated sequence. */
  readonly at: number;
  /** Letters taken out. */
  readonly removed: number;
  /** Number of the piece that is put in, from `Mutants.piece`; none unless said. */
  readonly piece?: number;
}

/** One edit in the numbers of the mutant. */
export interface PlacedEdit {
  /** Where the piece begins in the mutant. */
  readonly place: number;
  readonly removed: number;
  readonly inserted: number;
  readonly piece: number;
}

const FIELDS = 4; // numbers of a placed edit
const NONE = -1;

/**
 * A list of mutants of the rows of a batch: each is a row and at most `arity` edits of it. A mutant without edits is the
 * row itself. What is kept is a few numbers for each mutant; letters are put together on the device, a batch at a time.
 */
export class Mutants {
  readonly pieces: Matrix[] = [];
  private readonly rows: number[] = [];
  private readonly edits: number[] = []; // [mutants, arity, FIELDS]
  /** Longest piece. */
  width = 1;

  constructor(readonly arity = 1) {}

  get count(): number {
    return this.rows.length;
  }

  /** Registers letters that edits put in, one row per position. */
  piece(letters: Matrix): number {
    this.width = Math.max(this.width, letters.length);
    return this.pieces.push(letters) - 1;
  }

  /** The number of a new mutant of `row`. Edits stand in order and do not overlap. */
  add(row: number, ...edits: readonly Edit[]): number {
    let shift = 0;
    for (const { at, removed, piece = NONE } of edits) {
      const inserted = piece === NONE ? 0 : this.pieces[piece].length;
      this.edits.push(at + shift, removed, inserted, piece);
      shift += inserted - removed;
    }
    for (let i = edits.length; i < this.arity; i++) this.edits.push(0, 0, 0, NONE);
    return this.rows.push(row) - 1;
  }

  rowOf(mutant: number): number {
    return this.rows[mutant];
  }

  editOf(mutant: number, edit = 0): PlacedEdit {
    const [place, removed, inserted, piece] = this.fieldsOf(mutant, edit);
    return { place, removed, inserted, piece };
  }

  /** Whether letters behind an edit stand elsewhere in the mutant. */
  shifts(mutant: number): boolean {
    for (let edit = 0; edit < this.arity; edit++) {
      const { removed, inserted } = this.editOf(mutant, edit);
      if (removed !== inserted) return true;
    }
    return false;
  }

  private fieldsOf(mutant: number, edit: number): number[] {
    const start = (mutant * this.arity + edit) * FIELDS;
    return this.edits.slice(start, start + FIELDS);
  }
}
