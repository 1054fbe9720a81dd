import { rgb } from 'd3-color';
import { pixels } from './cells';
import type { Box } from '../frame';
import { coloursOf, type LetterColours, letterShape } from '../letters';
import { grey } from '../palette';

const READABLE = 2.5; // px: below, letters are drawn as bare colours

/**
 * The letters of a sequence side by side in a box, one per column; bare colours where columns are too narrow for letters.
 * What is no capital letter, a gap or a star, leaves its place empty.
 */
export function letterStrip(sequence: string, box: Box, colours: LetterColours = coloursOfSequence(sequence)): string {
  const width = box.width / sequence.length;
  if (width < READABLE) return colourStrip(sequence, [1, sequence.length], box, colours);
  const own = Math.min(width, 0.85 * box.height); // no wider than letters are
  return letters(sequence, colours, (i) => ({ ...box, x: box.x + (i + 0.5) * width - own / 2, width: own }));
}

/** The same from top to bottom. */
export function letterColumnStrip(
  sequence: string,
  box: Box,
  colours: LetterColours = coloursOfSequence(sequence),
): string {
  const height = box.height / sequence.length;
  if (height < READABLE) return colourStrip(sequence, [sequence.length, 1], box, colours);
  const own = Math.min(0.84 * height, 1.2 * box.width);
  return letters(sequence, colours, (i) => ({ ...box, y: box.y + (i + 0.5) * height - own / 2, height: own }));
}

/** Colours of nucleotides, unless the sequence holds what only proteins do. */
export function coloursOfSequence(sequence: string): LetterColours {
  return coloursOf(/[DEFHIKLMPQRSVWY]/i.test(sequence) ? 'ACDEFGHIKLMNPQRSTVWY' : 'ACGT');
}

function letters(sequence: string, colours: LetterColours, box: (i: number) => Box): string {
  const capitals = [...sequence.toUpperCase()];
  const shapes = capitals.map((letter, i) =>
    /[A-Z]/.test(letter) ? letterShape(letter, { ...box(i), colour: colours[letter] }) : '',
  );
  return shapes.join('');
}

function colourStrip(sequence: string, shape: readonly [number, number], box: Box, colours: LetterColours): string {
  const alphabet = [...new Set(sequence.toUpperCase())].sort();
  const levels = Uint8Array.from(sequence.toUpperCase(), (letter) => alphabet.indexOf(letter));
  const inks = alphabet.map((letter) => rgb(colours[letter] ?? grey));
  return pixels(levels, shape, inks.map(({ r, g, b }) => [r, g, b, 255]), box); // prettier-ignore
}
