import { excerpt, FormatError } from '../formats/format-error';
import type { ReadOptions } from '../formats/input';
import { wholeReader } from '../formats/whole-reader';
import type { WholeReader } from '../formats/whole-reader';
import { annotationsOf, isNhx } from './nhx';
import type { Tree } from './tree';

/** What the Newick reader can be told. */
export interface ReadNewickOptions extends ReadOptions {
  /** What a number at an inner node is: its name (unless said), or the support of the branch above it. */
  readonly innerNumbers?: 'names' | 'support';
}

/**
 * The trees of a Newick text, each ended by ';': names plain or quoted (`'it''s'`), comments in square brackets, also
 * nested, NHX tags, branch lengths of any sign and exponent. Underscores in names stay underscores. The count that PAML
 * writes before its trees is passed over. Works without recursion, so that a ladder of 100 000 taxa is no deeper than any.
 * @throws FormatError with line and column
 */
export const readNewick: WholeReader<Tree[], ReadNewickOptions> = /* @__PURE__ */ wholeReader(parseNewick);

function parseNewick(text: string, options: ReadNewickOptions): Tree[] {
  return new NewickReader(text, options).read();
}

/** A node whose children are still coming in. */
interface Draft {
  name: string;
  /** Where the node's '(' stands. */
  readonly at: number;
  isQuoted: boolean;
  length?: number;
  readonly comments: string[];
  readonly children: Tree[];
}

const SPACE = /\s*/y;
const PLAIN_NAME = /[^\s()[\]':;,]+/y;
const NUMBER = /[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?=[\s()[\]':;,]|$)/y;
const ONLY_NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;
const PAML_COUNTS = /^\s*\d+(?:[ \t]+\d+)?[ \t]*\r?\n(?=\s*\()/;

class NewickReader {
  readonly #text: string;
  readonly #source: string | undefined;
  readonly #readsSupport: boolean;
  #at = 0;
  #comments: string[] = []; // those before the next node

  constructor(text: string, { source, innerNumbers = 'names' }: ReadNewickOptions) {
    this.#text = text.replace(/^\uFEFF/, ' ');
    this.#source = source;
    this.#readsSupport = innerNumbers === 'support';
  }

  read(): Tree[] {
    this.#at = PAML_COUNTS.exec(this.#text)?.[0].length ?? 0;
    const trees: Tree[] = [];
    for (this.#skip(); this.#at < this.#text.length; this.#skip()) trees.push(this.#readTree());
    if (trees.length === 0) throw this.#error('no tree found: expected something like (a:1,b:2);');
    return trees;
  }

  /** One tree with its ';'. `open` holds the nodes whose ')' has not come yet. */
  #readTree(): Tree {
    const open: Draft[] = [];
    for (;;) {
      this.#skip();
      if (this.#take('(')) {
        open.push(this.#draft(this.#at - 1));
        continue;
      }
      let node = this.#finish(this.#draft(this.#at));
      for (;;) {
        const parent = open.at(-1);
        if (!parent) return this.#end(node);
        parent.children.push(node);
        if (this.#take(',')) break;
        if (!this.#take(')')) throw this.#unexpected(parent);
        node = this.#finish(open.pop()!);
      }
    }
  }

  #draft(at: number): Draft {
    const comments = this.#comments;
    this.#comments = [];
    return { name: '', at, isQuoted: false, comments, children: [] };
  }

  /** Reads what follows a leaf's place or a ')': name, length, comments, in this order but for the comments. */
  #finish(draft: Draft): Tree {
    this.#skip();
    this.#readName(draft);
    this.#skip();
    if (this.#take(':')) {
      this.#skip();
      draft.length = this.#readLength();
      this.#skip();
    }
    for (const comment of this.#comments) draft.comments.push(comment);
    this.#comments = [];
    return this.#toTree(draft);
  }

  #readName(draft: Draft): void {
    draft.isQuoted = this.#text[this.#at] === "'";
    draft.name = draft.isQuoted ? this.#readQuoted() : (this.#match(PLAIN_NAME) ?? '');
  }

  #readQuoted(): string {
    const start = this.#at;
    let end = this.#text.indexOf("'", start + 1);
    while (this.#text[end + 1] === "'" && end > 0) end = this.#text.indexOf("'", end + 2); // two quotes are one letter
    if (end < 0) throw this.#error('the quoted name that begins here has no end', start);
    this.#at = end + 1;
    return this.#text.slice(start + 1, end).replaceAll("''", "'");
  }

  #readLength(): number {
    const number = Number(this.#match(NUMBER) ?? NaN);
    if (Number.isFinite(number)) return number;
    throw this.#error(`expected a branch length after ':', got ${this.#here()}`);
  }

  #toTree({ name, isQuoted, length, comments, children }: Draft): Tree {
    const nhx = comments.filter(isNhx);
    const others = comments.filter((comment) => !isNhx(comment));
    const isSupport = this.#readsSupport && children.length > 0 && !isQuoted && ONLY_NUMBER.test(name);
    return {
      name: isSupport ? '' : name,
      ...(length !== undefined && { length }),
      ...(isSupport && { support: Number(name) }),
      ...(nhx.length > 0 && { annotations: annotationsOf(nhx) }),
      ...(others.length > 0 && { comments: others }),
      children,
    };
  }

  #end(tree: Tree): Tree {
    if (tree.name === '' && tree.children.length === 0) throw this.#error(`expected a tree, got ${this.#here()}`);
    if (this.#take(';')) return tree;
    throw this.#error(`expected ';' after the tree, got ${this.#here()}`);
  }

  #unexpected({ at }: Draft): FormatError {
    const { line, column } = placeOf(this.#text, at);
    const opened = `the '(' of line ${line}, column ${column}`;
    return this.#error(`expected ',' or ')' for ${opened}, got ${this.#here()}`);
  }

  /** What stands where the reader is, for an error. */
  #here(): string {
    if (this.#at >= this.#text.length) return 'the end of the text';
    return excerpt(/^(?:[()[\]':;,]|[^\s()[\]':;,]*)/.exec(this.#text.slice(this.#at, this.#at + 40))![0]);
  }

  /** Moves past white space and comments, and keeps the comments. */
  #skip(): void {
    for (this.#match(SPACE); this.#text[this.#at] === '['; this.#match(SPACE)) this.#readComment();
  }

  #readComment(): void {
    const start = this.#at;
    let depth = 0;
    do {
      if (this.#at >= this.#text.length) throw this.#error('the comment that begins here has no end', start);
      const character = this.#text[this.#at++];
      depth += Number(character === '[') - Number(character === ']');
    } while (depth > 0);
    this.#comments.push(this.#text.slice(start + 1, this.#at - 1));
  }

  #take(character: string): boolean {
    const isThere = this.#text[this.#at] === character;
    if (isThere) this.#at++;
    return isThere;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text)?.[0];
    this.#at += match?.length ?? 0;
    return match;
  }

  #error(message: string, at = this.#at): FormatError {
    return new FormatError({ source: this.#source, ...placeOf(this.#text, at) }, message);
  }
}

function placeOf(text: string, at: number): { line: number; column: number } {
  const lines = text.slice(0, at).split(/\r\n?|\n/);
  return { line: lines.length, column: lines[lines.length - 1].length + 1 };
}
