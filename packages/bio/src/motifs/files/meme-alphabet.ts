import { excerpt } from '../../formats/format-error';
import type { LineCursor } from './line-cursor';
import { wordsOf } from './words';

/**
 * The letters of the matrices, from a line that begins with ALPHABET: `ALPHABET= ACGT`, or the head of a definition of
 * MEME 5, whose lines up to `END ALPHABET` are then read.
 */
export function readAlphabet(line: string, cursor: LineCursor): string {
  const [head, value] = line.split('=');
  const letters = value?.trim() ?? '';
  if (value === undefined && /^\s*ALPHABET(\s|$)/.test(head)) return readDefinition(cursor);
  if (/^[A-Za-z]{2,}$/.test(letters) && line.split('=').length === 2) return letters;
  throw cursor.error(`expected the letters, as in 'ALPHABET= ACGT', got ${excerpt(line.trim())}`);
}

/**
 * Core letters stand alone, `A "Adenine" CC0000`, or in pairs, `A "Adenine" ~ T "Thymine"`; `N = ACGT` says what a further
 * letter stands for.
 */
function readDefinition(cursor: LineCursor): string {
  const letters = new Set<string>();
  const start = cursor.number;
  for (let line = cursor.next(); line !== undefined; line = cursor.next()) {
    const content = line.replace(/"[^"]*"/g, ' ').trim(); // names say nothing here
    if (/^END\s+ALPHABET/i.test(content)) return inOrder([...letters], cursor, start);
    if (/^[#*]/.test(content) || content.includes('=')) continue;
    for (const letter of coreLetters(content)) {
      if (letters.has(letter)) throw cursor.error(`the letter ${excerpt(letter)} comes twice`);
      letters.add(letter);
    }
  }
  throw cursor.error("expected a line 'END ALPHABET'", { line: start });
}

function coreLetters(line: string): string[] {
  return line
    .split('~')
    .map((half) => wordsOf(half)[0]?.text[0] ?? '')
    .filter((letter) => letter !== '');
}

/** Letters stand in MEME's order: capitals, small letters, digits, others. */
function inOrder(letters: string[], cursor: LineCursor, line: number): string {
  if (letters.length < 2) throw cursor.error('expected an alphabet of at least 2 letters', { line });
  const rank = (letter: string) => [/[A-Z]/, /[a-z]/, /\d/, /./].findIndex((kind) => kind.test(letter));
  return letters.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1)).join('');
}
