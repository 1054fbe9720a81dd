import type { Motif } from '../motif';
import { uniform } from '../pwm';
import type { Background } from '../pwm';
import { checkNames } from './from-matrix';

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

function motifText(motif: Motif, letters: string): string {
  checkNames('writeMeme', motif);
  const { id, name, probabilities, sites, eValue, url } = motif;
  const settings = `alength= ${letters.length} w= ${probabilities.length} nsites= ${sites ?? 20} E= ${eValue ?? 0}`; // 20: MEME's own default
  const rows = probabilities.map((row) => row.map((p) => ` ${p.toFixed(6)}`).join(' '));
  return [
    `MOTIF ${id} ${name}`.trim(),
    `letter-probability matrix: ${settings}`,
    ...rows,
    ...(url ? [`URL ${url}`] : []),
  ].join('\n');
}
