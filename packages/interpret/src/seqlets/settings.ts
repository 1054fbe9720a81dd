import type { LongRun } from '../long-run';
import type { SeqletOptions } from './extract-seqlets';
import type { ScoredLetters } from './tracks';

/** Options of `findPatterns`, beside those of `extractSeqlets`. */
export interface PatternOptions extends SeqletOptions, LongRun {
  /** Whether a seqlet may be read on the other strand: where there are four letters, unless said. */
  readonly bothStrands?: boolean;
  /** Seqlets of either sign, the strongest; 20 000 unless said. */
  readonly maxSeqlets?: number;
  /** Patterns of fewer sites are left out; 20 unless said. */
  readonly minSites?: number;
  /** Seqlets that each one is compared with; 100 unless said. */
  readonly neighbours?: number;
  /** Neighbours that count, about; 10 unless said, as in TF-MoDISco. */
  readonly perplexity?: number;
  /** Above 1 more and smaller clusters; 1 unless said. */
  readonly resolution?: number;
  /** Patterns whose mean contributions have this cosine or more are one; 0.75 unless said. */
  readonly mergeAt?: number;
  /** Sites whose contributions have a smaller cosine with the mean of their pattern are left out; 0.4 unless said. */
  readonly minLikeness?: number;
  /** Columns are trimmed from both ends below this share of the strongest; 0.3 unless said, as in TF-MoDISco's reports. */
  readonly trimAt?: number;
  /** Columns kept on both sides of what trimming leaves; 4 unless said: a comparison of motifs needs their faint ends. */
  readonly trimFlank?: number;
  /**
   * Bits that the other sites of a pattern must tell about one: log2 of the number of ways to lay a seqlet upon a pattern
   * unless said, since choosing among so many makes seqlets that have nothing in common look so much alike.
   */
  readonly minBits?: number;
  /** Of the search for clusters; 0 unless said. */
  readonly seed?: number;
}

const OVERLAP = 0.7; // of two seqlets that are compared, the least: TF-MoDISco's

const numbers = {
  window: 21,
  flank: 10,
  maxSeqlets: 20_000,
  minSites: 20,
  neighbours: 100,
  perplexity: 10,
  resolution: 1,
  seed: 0,
  mergeAt: 0.75,
  minLikeness: 0.4,
  trimAt: 0.3,
  trimFlank: 4,
};

/** All that the search has to know. */
export interface Settings extends Readonly<typeof numbers> {
  readonly bothStrands: boolean;
  readonly minBits: number;
  /** Positions by which two seqlets may be off each other. */
  readonly shift: number;
}

/** Fills in what was not said, and checks what was. */
export function settingsOf({ letters }: ScoredLetters, options: PatternOptions): Settings {
  const said = Object.entries(options).filter(([name, value]) => name in numbers && value !== undefined);
  const settings = { ...numbers, ...(Object.fromEntries(said) as Partial<typeof numbers>) };
  const counts = ['maxSeqlets', 'minSites', 'neighbours', 'perplexity'] as const;
  const wrong = counts.find((name) => !(Number.isInteger(settings[name]) && settings[name] >= 1));
  if (wrong) throw new RangeError(`findPatterns: expected ${wrong} of 1 or more, got ${settings[wrong]}`);
  const bothStrands = options.bothStrands ?? letters === 4;
  const shift = Math.floor((1 - OVERLAP) * (settings.window + 2 * settings.flank));
  const minBits = options.minBits ?? Math.log2((bothStrands ? 2 : 1) * (2 * shift + 1));
  return { ...settings, bothStrands, shift, minBits };
}
