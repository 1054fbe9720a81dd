import { reverseComplement } from '../edits/reverse-complement';
import { happens } from '../random-source';
import type { RandomSource } from '../random-source';
import { simulateLetters } from './letters';
import { placesOf, sequenceWith } from './sequence-with';

/** How sequences and their methylation look. */
export interface SimulateMethylatedSitesOptions {
  readonly rng: RandomSource;
  /** 1 000 unless said; every fourth has no site. */
  readonly count?: number;
  /** 100 unless said. */
  readonly lengthBp?: number;
  /** A word with one CG in it, `GCCGAATT` unless said. */
  readonly site?: string;
  /** The share of CpGs that are methylated, 0.5 unless said. */
  readonly methylated?: number;
}

/** Sequences with a track of methylation. */
export interface SimulatedMethylatedSites {
  readonly sequences: readonly string[];
  /** 1 at the C of each methylated CG, a further channel for `withTracks`.   [lengthBp] each */
  readonly methylation: readonly Float32Array[];
  /** Where the site begins; −1 without one. */
  readonly sites: Int32Array;
  /** 1 where a site is bound: it is there, and its CG is methylated. */
  readonly labels: Uint8Array;
}

/** A protein that binds its site only if that is methylated. Other CGs are methylated as often, so that letters do not tell. */
export function simulateMethylatedSites({ rng, ...options }: SimulateMethylatedSitesOptions): SimulatedMethylatedSites {
  const { count = 1000, lengthBp = 100, site = 'GCCGAATT', methylated = 0.5 } = options;
  const inSite = placesOf('CG', site);
  if (inSite.length !== 1 || lengthBp < site.length) {
    throw new RangeError(`simulateMethylatedSites: expected a site with one CG within ${lengthBp} bp, got ${site}`);
  }
  const sites = Int32Array.from({ length: count }, (_, i) =>
    i % 4 === 3 ? -1 : rng.integer(lengthBp - site.length + 1),
  );
  const avoid = [site, reverseComplement(site)];
  const sequences = Array.from(sites, (position) => {
    const elements = position < 0 ? [] : [{ position, letters: site }];
    return sequenceWith(simulateLetters(lengthBp, rng), { rng, elements, avoid });
  });
  const methylation = sequences.map((sequence) => {
    const track = new Float32Array(lengthBp);
    for (const at of placesOf('CG', sequence)) track[at] = happens(rng, methylated) ? 1 : 0;
    return track;
  });
  const labels = Uint8Array.from(sites, (at, i) => (at < 0 ? 0 : methylation[i][at + inSite[0]]));
  return { sequences, methylation, sites, labels };
}
