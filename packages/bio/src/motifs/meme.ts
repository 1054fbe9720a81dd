import { excerpt, FormatError } from '../formats/format-error';
import type { ReadOptions } from '../formats/input';
import type { Motif } from './motif';
import { uniform } from './pwm';
import type { Background, Matrix } from './pwm';

/** A MEME file: motifs over `letters`, and what they are compared with. */
export interface MemeFile {
  /** `'4'`, `'5.5.2'` … as the file says. */
  readonly version: string;
  /** The letters of the matrices, in order: `'ACGT'`. */
  readonly letters: string;
  /** Uniform if the file does not say. */
  readonly background: Background;
  readonly motifs: readonly Motif[];
}

/**
 * A MEME motif file: the minimal format, and the text that MEME itself writes. Of each motif the probabilities are read,
 * scores (log-odds) are passed over.
 * @throws FormatError
 */
export function readMeme(text: string, { source }: ReadOptions = {}): MemeFile {
  return new MemeReader(text, source).read();
}

/** Where a matrix stands in the file, and its motif's name. */
interface Heading {
  readonly id: string;
  readonly name: string;
}

class MemeReader {
  readonly #lines: string[];
  readonly #source: string | undefined;
  #at = 0; // the line to be read next
  #version = '';
  #letters = 'ACGT';
  #background: Background | undefined;
  #heading: Heading | undefined;
  readonly #motifs: Motif[] = [];

  constructor(text: string, source?: string) {
    this.#lines = text.split(/\r\n?|\n/);
    this.#source = source;
  }

  read(): MemeFile {
    while (this.#at < this.#lines.length) this.#readLine(this.#lines[this.#at++].trim());
    if (!this.#version) throw this.#error("not a MEME file: expected a line 'MEME version 4'", 0);
    if (this.#motifs.length === 0) throw this.#error('no motif found: expected a letter-probability matrix', 0);
    return {
      version: this.#version,
      letters: this.#letters,
      background: this.#background ?? uniform(this.#letters.length),
      motifs: this.#motifs,
    };
  }

  #readLine(line: string): void {
    if (/^MEME version/i.test(line)) this.#version ||= line.split(/\s+/)[2] ?? '?';
    else if (/^ALPHABET/.test(line)) this.#readAlphabet(line);
    else if (/^Background letter frequencies/i.test(line)) this.#background = this.#readBackground();
    else if (/^MOTIF\s/.test(line)) this.#heading = headingOf(line);
    else if (/^letter-probability matrix:/i.test(line)) this.#motifs.push(this.#readMotif(line));
    else if (/^URL\s/.test(line)) this.#addUrl(line.slice(4).trim());
  }

  #readAlphabet(line: string): void {
    const letters = /^ALPHABET\s*=\s*([A-Za-z]+)\s*$/.exec(line)?.[1];
    if (!letters) throw this.#error(`expected the letters, as in 'ALPHABET= ACGT', got ${excerpt(line)}`);
    this.#letters = letters;
  }

  /** `A 0.303 C 0.183 …`, on as many lines as it takes. */
  #readBackground(): Background {
    const background: number[] = [];
    while (background.length < this.#letters.length) {
      const words = (this.#lines[this.#at++] ?? '').trim().split(/\s+/);
      for (let i = 0; i < words.length; i += 2) {
        const frequency = Number(words[i + 1]);
        if (words[i].toUpperCase() !== this.#letters[background.length] || !(frequency >= 0)) {
          throw this.#error(
            `expected the background frequency of ${this.#letters[background.length]}, got ${excerpt(words.join(' '))}`,
          );
        }
        background.push(frequency);
      }
    }
    return background;
  }

  #readMotif(line: string): Motif {
    if (!this.#heading) throw this.#error("expected a line 'MOTIF name' before its matrix");
    const { w, nsites, E, alength } = settingsOf(line);
    if (alength !== undefined && alength !== this.#letters.length) {
      throw this.#error(`alength= ${alength}, but the alphabet has ${this.#letters.length} letters (${this.#letters})`);
    }
    const probabilities = this.#readRows(w);
    return {
      ...this.#heading,
      probabilities,
      ...(nsites !== undefined && { sites: nsites }),
      ...(E !== undefined && { eValue: E }),
    };
  }

  /** The rows of a matrix: `width` of them, or as many as there are numbers. */
  #readRows(width: number | undefined): Matrix {
    const rows: number[][] = [];
    while (rows.length !== width && /^\s*[-+.\d]/.test(this.#lines[this.#at] ?? '')) rows.push(this.#readRow());
    if (rows.length === 0 || (width !== undefined && rows.length < width)) {
      this.#at++;
      throw this.#error(
        `motif ${excerpt(this.#heading!.id)}: expected ${width ?? 'at least 1'} rows, got ${rows.length}`,
      );
    }
    return rows;
  }

  #readRow(): number[] {
    const line = this.#lines[this.#at++].trim();
    const row = line.split(/\s+/).map(Number);
    const total = row.reduce((sum, p) => sum + p, 0);
    const isRow = row.length === this.#letters.length && row.every((p) => p >= 0) && Math.abs(total - 1) < 0.05;
    if (isRow) return row.map((p) => p / total);
    throw this.#error(
      `motif ${excerpt(this.#heading!.id)}: expected ${this.#letters.length} probabilities that sum to 1, got ${excerpt(line, 60)}`,
    );
  }

  #addUrl(url: string): void {
    const motif = this.#motifs.pop();
    if (motif) this.#motifs.push(url === 'none' ? motif : { ...motif, url });
  }

  /** An error at the line read last, or at `line`; 0 for the file as a whole. */
  #error(message: string, line = this.#at): FormatError {
    return new FormatError({ source: this.#source, ...(line > 0 && { line }) }, message);
  }
}

/** `MOTIF MA0139.1 CTCF`; in MEME's own output `MOTIF 1 width = 19 …` or `MOTIF GATTACA MEME-1 width = 7 …`. */
function headingOf(line: string): Heading {
  const words = line.replace(/\s+width\s*=.*$/, '').split(/\s+/);
  return { id: words[1] ?? '', name: words.slice(2).join(' ') };
}

/** `alength= 4 w= 19 nsites= 17 E= 4.1e-009` as numbers. */
function settingsOf(line: string): Record<string, number | undefined> {
  const settings = [...line.matchAll(/(\w+)=\s*([-+.\deE]+)/g)].map(([, key, value]) => [key, Number(value)] as const);
  return Object.fromEntries(settings.filter(([, value]) => !Number.isNaN(value)));
}

/** What the head of a MEME file says. */
export interface WriteMemeOptions {
  /** `'ACGT'` unless said. */
  readonly letters?: string;
  /** Uniform unless said. */
  readonly background?: Background;
}

/** MEME's minimal format, version 4: what Tomtom, FIMO and their kin read. */
export function writeMeme(motifs: readonly Motif[], { letters = 'ACGT', background }: WriteMemeOptions = {}): string {
  const frequencies = background ?? uniform(letters.length);
  const header = [
    'MEME version 4',
    `ALPHABET= ${letters}`,
    ...(letters.length === 4 ? ['strands: + -'] : []),
    `Background letter frequencies\n${[...letters].map((letter, i) => `${letter} ${frequencies[i].toFixed(5)}`).join(' ')}`,
  ];
  return `${[...header, ...motifs.map((motif) => motifText(motif, letters))].join('\n\n')}\n`;
}

function motifText({ id, name, probabilities, sites, eValue, url }: Motif, letters: string): string {
  if (!/^\S+$/.test(id)) throw new RangeError(`writeMeme: a motif's id must be one word, got ${excerpt(id)}`);
  if (/[\r\n]/.test(name)) throw new RangeError(`writeMeme: the name of ${id} has a line break`);
  const settings = `alength= ${letters.length} w= ${probabilities.length} nsites= ${sites ?? 20} E= ${eValue ?? 0}`; // 20: MEME's own default
  const rows = probabilities.map((row) => row.map((p) => ` ${p.toFixed(6)}`).join(' '));
  return [
    `MOTIF ${id} ${name}`.trim(),
    `letter-probability matrix: ${settings}`,
    ...rows,
    ...(url ? [`URL ${url}`] : []),
  ].join('\n');
}
