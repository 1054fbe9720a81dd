import { Pace } from '../long-run';
import { alignSeqlets } from './align-seqlets';
import { centred } from './centre';
import { clusterSeqlets } from './cluster-seqlets';
import { extract, type Extraction, type Seqlet } from './extract-seqlets';
import { mergeStacks } from './merge-patterns';
import { type Pattern, patternOf, sharedBits } from './pattern';
import { cropped, type Stack } from './placement';
import { otherStrand, rowsOf } from './rows';
import { type PatternOptions, type Settings, settingsOf } from './settings';
import { type ScoredLetters, scoredLetters, type Tracks } from './tracks';
import { trimmed, withoutStrangers, withoutTwins } from './trim-stack';

/** Patterns, and the seqlets that they were sought in. */
export interface Patterns extends Extraction {
  /** Those that speak for the prediction first, of either sign those of most sites first; empty if there are none. */
  readonly patterns: Pattern[];
}

/**
 * What a model looks at, from its contributions to many sequences (after TF-MoDISco: Shrikumar et al. 2018, technical note,
 * arXiv 1811.00416). Seqlets, apart by sign, are compared by gapped k-mers to find the neighbours of each, these by their
 * continuous Jaccard similarity at the best offset and strand; Leiden finds the clusters of the graph of neighbours. The
 * seqlets of a cluster are laid upon each other, clusters that show the same are joined, then small and faint ones left out.
 *
 * Memory grows with seqlets × neighbours, never with the square of the seqlets. No seqlet and no pattern is a result, not
 * an error. The same input gives the same patterns.
 * @throws RangeError for tracks whose numbers do not fit their shape, and options out of range
 */
export async function findPatterns(tracks: Tracks, options: PatternOptions = {}): Promise<Patterns> {
  const scored = scoredLetters('findPatterns', tracks);
  const settings = settingsOf(scored, options);
  const quiet = new Pace({ signal: options.signal }, 0); // how much there is to do is known once there are seqlets
  const extraction = await extract(scored, options, { where: 'findPatterns', pace: quiet });
  const metaclusters = [1, -1]
    .map((sign) => extraction.seqlets.filter(({ score }) => sign * score > 0).slice(0, settings.maxSeqlets))
    .filter((seqlets) => seqlets.length >= settings.minSites)
    .map((seqlets) => centred(scored, seqlets, settings));
  const steps = 4 * metaclusters.reduce((sum, { length }) => sum + length, 0); // three of clustering, one of alignment
  const pace = new Pace(options, steps);
  const patterns: Pattern[] = [];
  for (const seqlets of metaclusters) {
    patterns.push(...(await patternsOf(scored, { ...extraction, seqlets }, settings, pace)));
  }
  pace.finish();
  return { ...extraction, patterns };
}

const LEAST = 3; // members of a cluster that may be part of a pattern: the variants of a motif often make small ones

/** The patterns of seqlets of one sign. */
async function patternsOf(
  scored: ScoredLetters,
  { seqlets, width }: { readonly seqlets: readonly Seqlet[]; readonly width: number },
  settings: Settings,
  pace: Pace,
): Promise<Pattern[]> {
  const rows = rowsOf(scored, seqlets, width);
  const given = { scored, seqlets, rows, ...(settings.bothStrands && { turned: otherStrand(rows) }) };
  const stacks: Stack[] = [];
  for (const members of await clusterSeqlets(given, settings, pace)) {
    if (members.length < LEAST) await pace.step(members.length);
    else stacks.push(await alignSeqlets(given, members, { shift: settings.shift, pace }));
  }
  const { mergeAt, bothStrands } = settings;
  return finished(scored, await mergeStacks(scored, stacks, { similarity: mergeAt, bothStrands, pace }), settings);
}

/** Trims, leaves out strangers, the small and the faint, and sorts by size. */
function finished(scored: ScoredLetters, stacks: readonly Stack[], settings: Settings): Pattern[] {
  const { minSites, minBits, trimAt, trimFlank, minLikeness } = settings;
  const background = letterFrequencies(scored);
  return stacks
    .map((stack) => withoutTwins(withoutStrangers(scored, trimmed(scored, stack, trimAt), minLikeness)))
    .filter(({ sites }) => sites.length >= minSites)
    .map((stack) => patternOf(scored, cropped(stack, -trimFlank, stack.width + trimFlank), background))
    .filter((pattern) => sharedBits(pattern, background) >= minBits)
    .sort((a, b) => b.sites.length - a.sites.length);
}

/** How often each letter stands in the sequences; one that never does counts once. */
function letterFrequencies({ letter, letters }: ScoredLetters): number[] {
  const counts = new Array<number>(letters).fill(1);
  for (const a of letter) if (a < letters) counts[a]++;
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => count / total);
}
