/** Where a ribosome may bind before a gene. */
export interface ShineDalgarno {
  /** Free energy of the helix in kcal/mol at 37 °C: the lower, the firmer. 0 where no helix would form. */
  readonly energy: number;
  /** The letters that pair, as DNA; `''` where there are none. */
  readonly letters: string;
  /** Letters between the helix and the start codon. */
  readonly spacing: number;
}

/** Where a helix is looked for. */
export interface ShineDalgarnoOptions {
  /** The 3′ end of the 16S rRNA, 5′ to 3′; `CACCUCCUUA` of *E. coli* unless said. */
  readonly antiSd?: string;
  /** The least and most letters between helix and start codon, 3 and 15 unless said. */
  readonly spacing?: readonly [number, number];
}

/**
 * The firmest helix that the letters before a start codon form with the end of the 16S rRNA (Shine & Dalgarno 1974): a run of
 * Watson–Crick pairs without gaps, by nearest-neighbour free energies (Xia et al. 1998): 4.09 to begin, a stack for each two
 * pairs, 0.45 for an A–U pair at either end. G–U pairs, bulges and the folding of the mRNA itself are not considered. Of equal
 * energies the one nearest to the start codon.
 * @param upstream the letters before the start codon, 5′ to 3′, the last right before it; T and U are one
 */
export function shineDalgarno(upstream: string, options: ShineDalgarnoOptions = {}): ShineDalgarno {
  const { antiSd = 'CACCUCCUUA', spacing: [least, most] = [3, 15] } = options;
  const mrna = upstream.toUpperCase().replaceAll('T', 'U');
  const partner = complementOf(antiSd);
  let best: ShineDalgarno = { energy: 0, letters: '', spacing: 0 };
  for (let end = Math.max(0, mrna.length - most); end <= mrna.length - least; end++) {
    for (let offset = 2; offset <= partner.length; offset++) {
      const pairs = runBefore(mrna, end, partner, offset);
      const energy = helixEnergy(mrna.slice(end - pairs, end));
      if (energy <= best.energy && energy < 0) {
        best = { energy, letters: mrna.slice(end - pairs, end).replaceAll('U', 'T'), spacing: mrna.length - end };
      }
    }
  }
  return best;
}

const PARTNERS: Readonly<Record<string, string>> = { A: 'U', C: 'G', G: 'C', U: 'A' };

/** What pairs with the end of the 16S rRNA, 5′ to 3′. */
function complementOf(antiSd: string): string {
  const letters = [...antiSd.toUpperCase().replaceAll('T', 'U')];
  const bad = letters.find((letter) => !(letter in PARTNERS));
  if (bad !== undefined)
    throw new RangeError(`shineDalgarno: expected an antiSd of A, C, G and U, got ${JSON.stringify(bad)}`);
  return letters.reverse().map((letter) => PARTNERS[letter]).join(''); // prettier-ignore
}

/** How many letters before `end` in the mRNA are those before `offset` in the perfect partner. */
function runBefore(mrna: string, end: number, partner: string, offset: number): number {
  let pairs = 0;
  while (pairs < Math.min(end, offset) && mrna[end - 1 - pairs] === partner[offset - 1 - pairs]) pairs++;
  return pairs;
}

/** Stacks of two pairs by the two letters of one strand, 5′ to 3′ (Xia et al. 1998, table 4), kcal/mol. */
const STACKS: Readonly<Record<string, number>> = {
  ...{ AA: -0.93, UU: -0.93, AU: -1.1, UA: -1.33, CU: -2.08, AG: -2.08, CA: -2.11, UG: -2.11 },
  ...{ GU: -2.24, AC: -2.24, GA: -2.35, UC: -2.35, CG: -2.36, GG: -3.26, CC: -3.26, GC: -3.42 },
};
const INITIATION = 4.09;
const TERMINAL_AU = 0.45;

/** The free energy of a helix of these letters with their perfect partners; Infinity below two pairs. */
function helixEnergy(letters: string): number {
  if (letters.length < 2) return Infinity;
  let energy = INITIATION;
  for (let i = 0; i + 1 < letters.length; i++) energy += STACKS[letters.slice(i, i + 2)];
  for (const end of [letters[0], letters[letters.length - 1]]) if (end === 'A' || end === 'U') energy += TERMINAL_AU;
  return Math.round(energy * 100) / 100; // the table has two digits
}
