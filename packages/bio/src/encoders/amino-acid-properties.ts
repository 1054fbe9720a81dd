import { checkLetters, protein } from '../alphabet';
import { paddedLength } from './encoded';
import type { Encoded } from './encoded';

/** A property of amino acids: a number for each of `ACDEFGHIKLMNPQRSTVWY`. */
export interface PropertyScale {
  readonly name: string;
  readonly source: string;
  readonly values: Readonly<Record<string, number>>;
}

const scale = (name: string, source: string, numbers: readonly number[]): PropertyScale => ({
  ...{ name, source },
  values: Object.fromEntries([...protein.letters].map((letter, i) => [letter, numbers[i]])),
});

/** How much a side chain avoids water. */
export const hydropathy = scale('hydropathy', 'Kyte & Doolittle 1982, J. Mol. Biol. 157:105, table 2', [
  ...[1.8, 2.5, -3.5, -3.5, 2.8, -0.4, -3.2, 4.5, -3.9, 3.8],
  ...[1.9, -3.5, -1.6, -3.5, -4.5, -0.8, -0.7, 4.2, -0.9, -1.3],
]);

/** Volume of the residue in Å³. */
export const volume = scale('volume', 'Zamyatnin 1972, Prog. Biophys. Mol. Biol. 24:107', [
  ...[88.6, 108.5, 111.1, 138.4, 189.9, 60.1, 153.2, 166.7, 168.6, 166.7],
  ...[162.9, 114.1, 112.7, 143.8, 173.4, 89.0, 116.1, 140.0, 227.8, 193.6],
]);

/** Polarity, from composition, polarity and volume of side chains. */
export const polarity = scale('polarity', 'Grantham 1974, Science 185:862, table 1', [
  ...[8.1, 5.5, 13.0, 12.3, 5.2, 9.0, 10.4, 5.2, 11.3, 4.9],
  ...[5.7, 11.6, 8.0, 10.5, 10.5, 9.2, 8.6, 5.9, 5.4, 6.2],
]);

/** pKa of the side chains that gain or lose a proton (Nelson & Cox, Lehninger Principles of Biochemistry, table 3-1). */
const BASES = { H: 6.0, K: 10.53, R: 12.48 };
const ACIDS = { D: 3.65, E: 4.25, C: 8.18, Y: 10.07 };

/** Mean charge of each side chain at a pH, by Henderson and Hasselbalch. */
export function chargeAt(pH: number): PropertyScale {
  const charges: Record<string, number> = Object.fromEntries([...protein.letters].map((letter) => [letter, 0]));
  for (const [letter, pKa] of Object.entries(BASES)) charges[letter] = 1 / (1 + 10 ** (pH - pKa));
  for (const [letter, pKa] of Object.entries(ACIDS)) charges[letter] = -1 / (1 + 10 ** (pKa - pH));
  return { name: 'charge', source: `pKa of side chains (Nelson & Cox), pH ${pH}`, values: charges };
}

/** The scales that tell all amino acids apart. */
export const propertyScales: readonly PropertyScale[] = [hydropathy, volume, polarity, chargeAt(7)];

/** What properties are to be encoded. */
export interface PropertyOptions {
  /** Hydropathy, volume, polarity and charge unless said. */
  readonly scales?: readonly PropertyScale[];
  /** `standard` unless said: mean 0 and variance 1 over the twenty amino acids, so that X is 0; or as in the tables. */
  readonly units?: 'standard' | 'original';
  /** Length to pad to; the longest sequence's unless said. */
  readonly length?: number;
}

/**
 * Proteins as properties, one channel for each scale. A code for several amino acids has their mean; case does not matter.
 * @throws LetterError
 */
export function encodeProperties(sequences: readonly string[], options: PropertyOptions = {}): Encoded {
  const { scales = propertyScales, units = 'standard' } = options;
  const rows = scales.map((scale) => rowsOf(scale, units));
  const lengths = Uint32Array.from(sequences, (sequence) => sequence.length);
  const length = paddedLength('encodeProperties', lengths, options.length);
  const values = new Float32Array(sequences.length * length * scales.length);
  sequences.forEach((sequence, row) => {
    checkLetters(sequence, protein, `encodeProperties: sequence ${row + 1}`);
    for (let i = 0; i < sequence.length; i++) {
      rows.forEach((byCode, c) => (values[(row * length + i) * scales.length + c] = byCode[sequence.charCodeAt(i)]));
    }
  });
  return { values, shape: [sequences.length, length, scales.length], lengths };
}

/** The amino acid nearest to each position, or the code for several if that is nearer. */
export function decodeProperties({ values, shape, lengths }: Encoded, options: PropertyOptions = {}): string[] {
  const { scales = propertyScales, units = 'standard' } = options;
  const rows = scales.map((scale) => rowsOf(scale, units));
  const spreads = scales.map((scale) => spreadOf(scale, units));
  const codes = Object.keys(protein.codes).filter((code) => !'UO'.includes(code)); // which read as X
  const [, length, channels] = shape;
  const distance = (at: number, code: string) =>
    rows.reduce((sum, row, c) => sum + ((values[at + c] - row[code.charCodeAt(0)]) / spreads[c]) ** 2, 0);
  const nearest = (at: number) => codes.reduce((best, code) => (distance(at, code) < distance(at, best) ? code : best));
  return Array.from(lengths, (own, row) =>
    Array.from({ length: own }, (_, i) => nearest((row * length + i) * channels)).join(''),
  );
}

const meanOf = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

function deviation({ values }: PropertyScale): number {
  const mean = meanOf(Object.values(values));
  return Math.sqrt(meanOf(Object.values(values).map((value) => (value - mean) ** 2)));
}

const spreadOf = (scale: PropertyScale, units: string) => (units === 'standard' ? 1 : deviation(scale));

/** By character code, either case. [128] */
function rowsOf(scale: PropertyScale, units: 'standard' | 'original'): Float32Array {
  const rows = new Float32Array(128);
  const [shift, spread] = units === 'standard' ? [meanOf(Object.values(scale.values)), deviation(scale)] : [0, 1];
  for (const [code, members] of Object.entries(protein.codes)) {
    const value = (meanOf([...members].map((member) => scale.values[member])) - shift) / spread;
    rows[code.charCodeAt(0)] = rows[code.toLowerCase().charCodeAt(0)] = value;
  }
  return rows;
}
