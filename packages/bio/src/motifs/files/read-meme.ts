import { excerpt } from '../../formats/format-error';
import type { ReadOptions } from '../../formats/input';
import { wholeReader } from '../../formats/whole-reader';
import type { WholeReader } from '../../formats/whole-reader';
import type { Motif } from '../motif';
import { sum, uniform } from '../pwm';
import type { Background, Matrix } from '../pwm';
import { LineCursor } from './line-cursor';
import { readAlphabet } from './meme-alphabet';
import { toCounts, toNumber, wordsOf } from './words';

/** A MEME file: motifs over `letters`, and what they are compared with. */
export interface MemeFile {
  /** `'4'`, `'5.5.2'` … as the file says. */
  readonly version: string;
  /** The letters of the matrices, in order: `'ACGT'`. */
  readonly letters: string;
  /** Sums to 1; uniform if the file does not say. */
  readonly background: Background;
  readonly motifs: readonly Motif[];
}

/**
 * A MEME motif file: the minimal format, and the text that MEME itself writes, versions 3 to 5, alphabets of their own
 * included. Of each motif the probabilities are read, scores (log-odds) are passed over. A row that sums to 1 but for
 * 0.00001 is left as it is, others are divided by their sum, as MEME's tools do.
 * @throws FormatError
 */
export const readMeme: WholeReader<MemeFile, ReadOptions> = /* @__PURE__ */ wholeReader(parseMeme);

function parseMeme(text: string, options: ReadOptions): MemeFile {
  return new MemeReader(text, options).read();
}

class MemeReader {
  readonly #cursor: LineCursor;
  #version = '';
  #letters = 'ACGT';
  #background: Background | undefined;
  /** The names of the motif whose matrix has not come yet. */
  #heading: { id: string; name: string } | undefined;
  readonly #motifs: Motif[] = [];

  constructor(text: string, options: ReadOptions) {
    this.#cursor = new LineCursor(text, options);
  }

  read(): MemeFile {
    for (let line = this.#cursor.next(); line !== undefined; line = this.#cursor.next()) this.#readLine(line);
    const fail = (message: string) => this.#cursor.error(message, { line: 0 });
    if (!this.#version) throw fail("not a MEME file: expected a line 'MEME version 4'");
    if (this.#motifs.length === 0) throw fail('no motif found: expected a letter-probability matrix');
    const [version, letters, motifs] = [this.#version, this.#letters, this.#motifs];
    return { version, letters, background: this.#background ?? uniform(letters.length), motifs };
  }

  #readLine(line: string): void {
    const content = line.trimStart();
    if (/^MEME version/i.test(content)) this.#version ||= wordsOf(line)[2]?.text ?? '?';
    else if (/^ALPHABET/.test(content)) this.#letters = readAlphabet(line, this.#cursor);
    else if (/^Background letter frequencies/i.test(content)) this.#background = this.#readBackground();
    else if (/^MOTIF\s/.test(content)) this.#heading = headingOf(content);
    else if (/^letter-probability matrix:/i.test(content)) this.#motifs.push(this.#readMotif(line));
    else if (/^URL\s/.test(content)) this.#addUrl(content.slice(4).trim());
  }

  /** `A 0.303 C 0.183 …`, on as many lines as it takes. */
  #readBackground(): Background {
    const background: number[] = [];
    while (background.length < this.#letters.length) {
      const words = wordsOf(this.#cursor.next() ?? '');
      if (words.length === 0) throw this.#missing(this.#letters[background.length], '');
      for (let i = 0; i < words.length; i += 2) {
        const expected = this.#letters[background.length];
        const frequency = toNumber(words[i + 1]?.text ?? '');
        const isExpected = words[i].text === expected || words[i].text.toUpperCase() === expected;
        if (!isExpected || frequency === undefined || frequency < 0 || frequency > 1)
          throw this.#missing(expected, words.map(({ text }) => text).join(' '), words[i].column);
        background.push(frequency);
      }
    }
    const total = sum(background);
    if (Math.abs(total - 1) > 0.1)
      throw this.#cursor.error(`expected background frequencies that sum to 1, got ${background.join(' ')}`);
    return background.map((q) => q / total);
  }

  #missing(letter: string | undefined, found: string, column?: number) {
    const expected = letter === undefined ? 'no more letters' : `the background frequency of ${letter}`;
    return this.#cursor.error(`expected ${expected}, got ${excerpt(found)}`, { column });
  }

  #readMotif(line: string): Motif {
    if (!this.#heading) throw this.#cursor.error("expected a line 'MOTIF name' before its matrix");
    const heading = this.#heading;
    const { w, nsites, e, alength } = settingsOf(line);
    const letters = this.#letters;
    if (alength !== undefined && alength !== letters.length)
      throw this.#cursor.error(`alength= ${alength}, but the alphabet has ${letters.length} letters (${letters})`);
    if (nsites !== undefined && nsites < 0) throw this.#cursor.error(`nsites= ${nsites} is less than 0`);
    const probabilities = this.#readRows(heading.id, w);
    this.#heading = undefined; // a second matrix needs a second line MOTIF
    return {
      ...{ ...heading, probabilities },
      ...(nsites !== undefined && { sites: nsites }),
      ...(e !== undefined && { eValue: e }),
    };
  }

  /** The rows of a matrix: `width` of them, or as many as there are numbers. */
  #readRows(id: string, width: number | undefined): Matrix {
    const rows: number[][] = [];
    while (rows.length !== width && /^\s*[-+.\d]/.test(this.#cursor.ahead ?? '')) rows.push(this.#readRow(id));
    if (rows.length === 0 || (width !== undefined && rows.length !== width)) {
      this.#cursor.next();
      throw this.#cursor.error(`motif ${excerpt(id)}: expected ${width || 'at least 1'} rows, got ${rows.length}`);
    }
    return rows;
  }

  #readRow(id: string): number[] {
    const line = this.#cursor.next()!;
    const row = toCounts(wordsOf(line), this.#cursor);
    const total = sum(row);
    if (row.length !== this.#letters.length || Math.abs(total - 1) > 0.05) {
      const expected = `${this.#letters.length} probabilities that sum to 1`;
      throw this.#cursor.error(`motif ${excerpt(id)}: expected ${expected}, got ${excerpt(line.trim(), 60)}`);
    }
    return Math.abs(total - 1) <= 1e-5 ? row : row.map((p) => p / total);
  }

  #addUrl(url: string): void {
    const motif = this.#motifs.pop();
    if (motif) this.#motifs.push(url === 'none' ? motif : { ...motif, url });
  }
}

/** `MOTIF MA0139.1 CTCF`; in MEME's own output `MOTIF 1 width = 19 …` or `MOTIF GATTACA MEME-1 width = 7 …`. */
function headingOf(line: string): { id: string; name: string } {
  const words = line.trim().split(/\s+/);
  const isWidth = (word: string, i: number) =>
    i > 1 && (word.startsWith('width=') || (word === 'width' && words[i + 1]?.startsWith('=')));
  const end = words.findIndex(isWidth);
  return { id: words[1] ?? '', name: words.slice(2, end < 0 ? undefined : end).join(' ') };
}

/** `alength= 4 w= 19 nsites= 17 E= 4.1e-009` as numbers, keys in lower case. */
function settingsOf(line: string): Partial<Record<'w' | 'nsites' | 'e' | 'alength', number>> {
  const words = wordsOf(line.replaceAll('=', ' = ')).map(({ text }) => text);
  const settings: Record<string, number> = {};
  words.forEach((word, i) => {
    const value = word === '=' ? toNumber(words[i + 1] ?? '') : undefined;
    if (value !== undefined) settings[words[i - 1].toLowerCase()] = value;
  });
  return settings;
}
