import { FastaAssembler } from './fasta';
import type { FastaRecord } from './fasta';
import { FastaScanner } from './fasta-scanner';
import { Fields } from './fields';
import { excerpt, FormatError } from './format-error';
import { lineBatches } from './input';
import type { Input, ReadOptions } from './input';

/** A feature line of a GFF3 file. Positions count from 0 and `end` is not part of it: 1..3 in the file is 0 to 3 here. */
export interface Gff3Feature {
  readonly seqid: string;
  /** What made the annotation; `'.'` if the file does not say. */
  readonly source: string;
  /** A term of the Sequence Ontology: `'gene'`, `'CDS'` … */
  readonly type: string;
  readonly start: number;
  /** May lie beyond the end of a circular sequence: the feature then goes on at its beginning. */
  readonly end: number;
  readonly score?: number;
  /** `'.'` without strand, `'?'` not known. */
  readonly strand: '+' | '-' | '.' | '?';
  /** How many bases stand before the first whole codon of a CDS. */
  readonly phase?: 0 | 1 | 2;
  /** Values by tag, in order. A tag without '=' has none. */
  readonly attributes: Readonly<Record<string, readonly string[]>>;
}

/** What a GFF3 file is made of, one after the other. */
export type Gff3Item =
  | { readonly kind: 'feature'; readonly feature: Gff3Feature; readonly line: number }
  /** A line that begins with `##`; all features before `###` are complete. */
  | { readonly kind: 'directive'; readonly name: string; readonly value: string }
  | { readonly kind: 'comment'; readonly text: string }
  /** A sequence of the FASTA section at the end. */
  | { readonly kind: 'sequence'; readonly record: FastaRecord };

/**
 * Features, directives, comments and sequences of a GFF3 text (specification 1.26) in the order of the file.
 * @throws FormatError for what is not GFF3 (GFF2 and GTF among them) with the place of the field that is wrong
 */
export async function* readGff3(input: Input, options: ReadOptions = {}): AsyncGenerator<Gff3Item> {
  const reader = new Gff3Reader(options);
  for await (const lines of lineBatches(input, options)) yield* reader.push(lines);
  yield* reader.end();
}

/** All items of a GFF3 text at once. */
export async function collectGff3(input: Input, options: ReadOptions = {}): Promise<Gff3Item[]> {
  const items: Gff3Item[] = [];
  for await (const item of readGff3(input, options)) items.push(item);
  return items;
}

class Gff3Reader {
  readonly #source: string | undefined;
  #line = 0;
  #sequences: SequenceSection | undefined;

  constructor({ source }: ReadOptions) {
    this.#source = source;
  }

  *push(lines: readonly string[]): Generator<Gff3Item> {
    for (const line of lines) {
      if (!this.#sequences) {
        const item = this.#read(line);
        if (item) yield item;
      } else yield* this.#sequences.push(line);
    }
  }

  *end(): Generator<Gff3Item> {
    if (this.#line === 0) throw new FormatError({ source: this.#source }, 'the file is empty');
    if (this.#sequences) yield* this.#sequences.end();
  }

  #read(line: string): Gff3Item | undefined {
    this.#line++;
    if (line.startsWith('>')) return this.#beginSequences(line);
    if (line.startsWith('##')) return this.#directive(line);
    if (line.startsWith('#')) return { kind: 'comment', text: line.slice(1).trim() };
    if (line.trim() === '') return undefined;
    return { kind: 'feature', feature: parseFeature(line, this.#place), line: this.#line };
  }

  get #place(): { source?: string; line: number } {
    return { source: this.#source, line: this.#line };
  }

  #directive(line: string): Gff3Item | undefined {
    if (/^###\s*$/.test(line)) return { kind: 'directive', name: '#', value: '' };
    const [, name, value] = /^##\s*(\S*)\s*(.*)$/.exec(line)!;
    if (name === 'FASTA') return this.#beginSequences();
    if (name === 'gff-version' && !/^3(\.|\s*$)/.test(value)) {
      throw new FormatError({ ...this.#place, column: 1 }, `expected GFF version 3, got ${excerpt(value)}`);
    }
    return { kind: 'directive', name, value: value.trim() };
  }

  #beginSequences(header?: string): undefined {
    this.#sequences = new SequenceSection(this.#source, header === undefined ? this.#line : this.#line - 1);
    if (header !== undefined) this.#sequences.begin(header);
  }
}

/** The FASTA at the end of a GFF3 file. */
class SequenceSection {
  readonly #options: { source?: string; alphabet: 'any' };
  readonly #scanner: FastaScanner;
  readonly #assembler: FastaAssembler;
  readonly #encoder = new TextEncoder();
  #isEmpty = true;

  constructor(source: string | undefined, linesBefore: number) {
    this.#options = { source, alphabet: 'any' };
    this.#scanner = new FastaScanner(this.#options, linesBefore);
    this.#assembler = new FastaAssembler(this.#options);
  }

  begin(header: string): void {
    this.#scanner.push(this.#encoder.encode(`${header}\n`)); // gives nothing before the first letter
    this.#isEmpty = false;
  }

  *push(line: string): Generator<Gff3Item> {
    if (line.trim() !== '') this.#isEmpty = false;
    yield* this.#items(this.#scanner.push(this.#encoder.encode(`${line}\n`)));
  }

  /** A section may be without sequences. */
  *end(): Generator<Gff3Item> {
    if (!this.#isEmpty) yield* this.#items(this.#scanner.end());
  }

  *#items(chunks: ReturnType<FastaScanner['push']>): Generator<Gff3Item> {
    for (const chunk of chunks) {
      const record = this.#assembler.push(chunk);
      if (record) yield { kind: 'sequence', record };
    }
  }
}

const STRANDS = ['+', '-', '.', '?'] as const;
const PHASES = ['0', '1', '2', '.'] as const;

function parseFeature(line: string, place: { source?: string; line: number }): Gff3Feature {
  const fields = new Fields(line.trimEnd().split('\t'), place);
  if (fields.count !== 9) throw fields.error(0, `not GFF3: expected 9 columns parted by tabs, got ${fields.count}`);
  const start = fields.integer(3, 'start', 1) - 1;
  const end = fields.integer(4, 'end', 1);
  if (end <= start) throw fields.error(4, `end: ${end} is before start (${start + 1})`);
  const phase = fields.choice(7, 'phase', PHASES);
  return {
    seqid: nameIn(fields, 0, 'seqid'),
    source: nameIn(fields, 1, 'source'),
    type: nameIn(fields, 2, 'type'),
    start,
    end,
    ...(fields.text(5) !== '.' && { score: fields.number(5, 'score') }),
    strand: fields.choice(6, 'strand', STRANDS),
    ...(phase !== '.' && { phase: Number(phase) as 0 | 1 | 2 }),
    attributes: parseAttributes(fields),
  };
}

function nameIn(fields: Fields, index: number, name: string): string {
  if (fields.text(index).trim() === '') throw fields.error(index, `${name}: expected a name or '.', got nothing`);
  return unescaped(fields.text(index));
}

function parseAttributes(fields: Fields): Gff3Feature['attributes'] {
  const attributes = Object.create(null) as Record<string, string[]>; // so that no tag means something to JavaScript
  if (fields.text(8) === '.') return attributes;
  for (const part of fields.text(8).split(';')) {
    if (part.trim() === '') continue; // behind the last semicolon
    const equals = part.indexOf('=');
    const tag = unescaped((equals < 0 ? part : part.slice(0, equals)).trim());
    if (tag === '' || (equals < 0 && /\s/.test(part.trim()))) {
      throw fields.error(8, `attributes: expected tag=value, as in 'ID=gene1;Name=abc', got ${excerpt(part.trim())}`);
    }
    const values =
      equals < 0
        ? []
        : part
            .slice(equals + 1)
            .split(',')
            .map(unescaped);
    attributes[tag] = attributes[tag] ? [...attributes[tag], ...values] : values;
  }
  return attributes;
}

/** `%09` and its kin become what they stand for; a percent sign that begins no such code stays. */
function unescaped(text: string): string {
  if (!text.includes('%')) return text;
  return text.replace(/(%[0-9A-Fa-f]{2})+/g, (codes) =>
    new TextDecoder().decode(Uint8Array.from(codes.slice(1).split('%'), (code) => parseInt(code, 16))),
  );
}
