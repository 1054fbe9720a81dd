import { shapeError, type Tensor } from '@hairpin/tensors';
import type { Matrix } from '../motifs/matrix';

/** Letters as they are written and as one-hot rows. */
export class Alphabet {
  constructor(
    private readonly where: string,
    readonly letters: string,
    x: Tensor,
  ) {
    if (x.shape.length !== 3 || x.shape[2] !== letters.length)
      throw shapeError(where, `sequences [batch, length, ${letters.length}] of the letters ${letters}`, x.shape);
  }

  /** One-hot rows of a word; a matrix is taken as it stands. */
  rows(word: string | Matrix): Matrix {
    if (typeof word === 'string') return [...word].map((letter) => this.row(letter, word));
    const wrong = word.find((row) => row.length !== this.letters.length);
    if (wrong)
      throw new RangeError(`${this.where}: expected rows of ${this.letters.length} numbers, got ${wrong.length}`);
    return word;
  }

  /** How a letter number is written; ? where there is none. */
  written(letter: number): string {
    return this.letters[letter] ?? '?';
  }

  private row(letter: string, word: string): number[] {
    if (!this.letters.includes(letter))
      throw new RangeError(`${this.where}: expected letters of ${this.letters}, got "${letter}" in "${word}"`);
    return Array.from(this.letters, (other) => Number(other === letter));
  }
}
