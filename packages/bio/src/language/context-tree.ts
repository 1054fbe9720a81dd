/** No node. */
const NONE = 0;

/**
 * Which letter follows which context, as a tree: the root stands for no context, its child for the letter just before, the
 * child's child for the two letters before. A node exists once its context was seen.
 */
export class ContextTree {
  /** Letters of the alphabet. */
  readonly letters: number;
  /** Longest context. */
  readonly depth: number;
  #children: Int32Array; // [nodes, letters]
  #counts: Uint32Array; // how often each letter followed [nodes, letters]
  #nodes = 1;

  constructor(letters: number, depth: number) {
    this.letters = letters;
    this.depth = depth;
    this.#children = new Int32Array(1024 * letters);
    this.#counts = new Uint32Array(1024 * letters);
  }

  /** Counts the letter at `at` below each context of the letters before it. A context ends at a letter that is unknown, −1. */
  add(digits: Int8Array, at: number, isCircular: boolean): void {
    const letter = digits[at];
    if (letter < 0) return;
    let node = 0;
    this.#counts[letter]++;
    for (let back = 1; back <= this.depth; back++) {
      const before = digitBefore(digits, at, back, isCircular);
      if (before < 0) return;
      node = this.#childOf(node, before);
      this.#counts[node * this.letters + letter]++;
    }
  }

  /** Calls `visit` with the counts of each context of the letter at `at`, the shortest first, as far as contexts are known. */
  walk(
    digits: Int8Array,
    at: number,
    isCircular: boolean,
    visit: (counts: Uint32Array, first: number, length: number) => void,
  ): void {
    let node = 0;
    for (let length = 0; ; length++) {
      visit(this.#counts, node * this.letters, length);
      if (length === this.depth) return;
      const before = digitBefore(digits, at, length + 1, isCircular);
      if (before < 0) return;
      node = this.#children[node * this.letters + before];
      if (node === NONE) return;
    }
  }

  #childOf(node: number, letter: number): number {
    const at = node * this.letters + letter;
    if (this.#children[at] === NONE) {
      if ((this.#nodes + 1) * this.letters > this.#counts.length) this.#grow();
      this.#children[at] = this.#nodes++;
    }
    return this.#children[at];
  }

  #grow(): void {
    const [children, counts] = [this.#children, this.#counts];
    this.#children = new Int32Array(2 * children.length);
    this.#children.set(children);
    this.#counts = new Uint32Array(2 * counts.length);
    this.#counts.set(counts);
  }
}

/** The letter so many places back, on a circle across its origin; −1 where there is none. */
function digitBefore(digits: Int8Array, at: number, back: number, isCircular: boolean): number {
  const place = at - back;
  if (place >= 0) return digits[place];
  return isCircular && place > -digits.length ? digits[place + digits.length] : -1;
}
