import type { Tree } from './tree';
import { layOut } from './tree-layout';

/** How a tree is drawn in letters. */
export interface AsciiTreeOptions {
  /** Columns from the root to the farthest leaf, without the names; 40 unless said. */
  readonly width?: number;
  /** Whether branches are as long as they say; where lengths are known unless said. */
  readonly isScaled?: boolean;
}

/**
 * The tree in plain letters, a line for each leaf and one between two, the root at the left:
 *
 *     +-- a
 *     |
 *     |    +-- b
 *     +----+
 *          +-- c
 */
export function asciiTree(tree: Tree, { width = 40, isScaled }: AsciiTreeOptions = {}): string {
  if (!(Number.isInteger(width) && width >= 1)) {
    throw new RangeError(`asciiTree: expected a whole width of at least 1, got ${width}`);
  }
  const { nodes, parents, depths, rows } = layOut(tree, isScaled);
  const deepest = depths.reduce((most, depth) => Math.max(most, depth), 0) || 1;
  const columns = Array.from(depths, (depth) => Math.round((depth / deepest) * width));
  const lines = Array.from(rows, (row) => Math.round(2 * row));
  const sheet = new Sheet();
  for (let i = 1; i < nodes.length; i++) {
    const [from, to] = [columns[parents[i]], columns[i]];
    sheet.down(from, lines[parents[i]], lines[i]);
    sheet.across(lines[i], from + 1, to);
    sheet.corner(lines[i], from);
  }
  nodes.forEach(({ name, support, children }, i) => {
    if (children.length > 0) sheet.corner(lines[i], columns[i]);
    sheet.write(lines[i], columns[i] + 2, name === '' && support !== undefined ? String(support) : name);
  });
  return sheet.text();
}

/** A grid of letters that grows as it is written. */
class Sheet {
  readonly #lines: string[][] = [];

  down(column: number, from: number, to: number): void {
    for (let line = Math.min(from, to); line <= Math.max(from, to); line++) this.#put(line, column, '|');
  }

  across(line: number, from: number, to: number): void {
    for (let column = from; column <= to; column++) this.#put(line, column, '-');
  }

  corner(line: number, column: number): void {
    this.#at(line)[column] = '+';
  }

  /** Writes a word if its place, and the letter before it, is free. */
  write(line: number, column: number, word: string): void {
    const letters = [...word];
    const row = this.#at(line);
    const isFree = ['', ...letters].every((_, i) => (row[column - 1 + i] ?? ' ') === ' ');
    if (isFree) letters.forEach((letter, i) => (row[column + i] = letter));
  }

  text(): string {
    return this.#lines.map((line) => Array.from(line, (letter) => letter ?? ' ').join('')).join('\n');
  }

  #put(line: number, column: number, mark: string): void {
    const row = this.#at(line);
    if (row[column] !== '+') row[column] = mark;
  }

  #at(line: number): string[] {
    while (this.#lines.length <= line) this.#lines.push([]);
    return this.#lines[line];
  }
}
