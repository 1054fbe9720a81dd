/** Which codon stands for which amino acid, where genes begin and where they end. Codons are written in DNA. */
export interface GeneticCode {
  /** NCBI's number (`transl_table` of GenBank). */
  readonly id: number;
  readonly name: string;
  /** By codon, TTT to GGG, the letter of the amino acid; `'*'` for a codon that is a stop and nothing else. */
  readonly aminoAcids: Readonly<Record<string, string>>;
  /** Codons that a gene may begin with. */
  readonly starts: readonly string[];
  /** Codons that a gene may end with; in a few codes they stand for an amino acid elsewhere. */
  readonly stops: readonly string[];
}

/** The 64 codons in NCBI's order: TTT, TTC, TTA, TTG, TCT, … */
export const CODONS: readonly string[] = /* @__PURE__ */ Array.from({ length: 64 }, (_, i) =>
  [i >> 4, (i >> 2) & 3, i & 3].map((base) => 'TCAG'[base]).join(''),
);

const STANDARD = 'FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG'; // the order of CODONS

/** A code by its differences from the standard one. */
interface Definition {
  readonly id: number;
  readonly name: string;
  /** `'AGA* TGAW'`: codon and amino acid. */
  readonly changes?: string;
  readonly starts: string;
  /** Codons that are stops and amino acids alike, as the context decides. */
  readonly eitherWay?: string;
}

// NCBI, "The Genetic Codes" (Elzanowski & Ostell), gc.prt version 4.6; the numbers that are missing were never given or
// merged with others.
const DEFINITIONS: readonly Definition[] = [
  { id: 1, name: 'Standard', starts: 'TTG CTG ATG' },
  { id: 2, name: 'Vertebrate Mitochondrial', changes: 'AGA* AGG* ATAM TGAW', starts: 'ATT ATC ATA ATG GTG' },
  { id: 3, name: 'Yeast Mitochondrial', changes: 'ATAM CTTT CTCT CTAT CTGT TGAW', starts: 'ATA ATG GTG' },
  { id: 4, name: 'Mold, Protozoan and Coelenterate Mitochondrial; Mycoplasma and Spiroplasma', changes: 'TGAW', starts: 'TTA TTG CTG ATT ATC ATA ATG GTG' }, // prettier-ignore
  { id: 5, name: 'Invertebrate Mitochondrial', changes: 'AGAS AGGS ATAM TGAW', starts: 'TTG ATT ATC ATA ATG GTG' },
  { id: 6, name: 'Ciliate, Dasycladacean and Hexamita Nuclear', changes: 'TAAQ TAGQ', starts: 'ATG' },
  { id: 9, name: 'Echinoderm and Flatworm Mitochondrial', changes: 'AAAN AGAS AGGS TGAW', starts: 'ATG GTG' },
  { id: 10, name: 'Euplotid Nuclear', changes: 'TGAC', starts: 'ATG' },
  { id: 11, name: 'Bacterial, Archaeal and Plant Plastid', starts: 'TTG CTG ATT ATC ATA ATG GTG' },
  { id: 12, name: 'Alternative Yeast Nuclear', changes: 'CTGS', starts: 'CTG ATG' },
  { id: 13, name: 'Ascidian Mitochondrial', changes: 'AGAG AGGG ATAM TGAW', starts: 'TTG ATA ATG GTG' },
  { id: 14, name: 'Alternative Flatworm Mitochondrial', changes: 'AAAN AGAS AGGS TAAY TGAW', starts: 'ATG' },
  { id: 15, name: 'Blepharisma Nuclear', changes: 'TAGQ', starts: 'ATG' },
  { id: 16, name: 'Chlorophycean Mitochondrial', changes: 'TAGL', starts: 'ATG' },
  { id: 21, name: 'Trematode Mitochondrial', changes: 'TGAW ATAM AGAS AGGS AAAN', starts: 'ATG GTG' },
  { id: 22, name: 'Scenedesmus obliquus Mitochondrial', changes: 'TCA* TAGL', starts: 'ATG' },
  { id: 23, name: 'Thraustochytrium Mitochondrial', changes: 'TTA*', starts: 'ATT ATG GTG' },
  { id: 24, name: 'Rhabdopleuridae Mitochondrial', changes: 'AGAS AGGK TGAW', starts: 'TTG CTG ATG GTG' },
  { id: 25, name: 'Candidate Division SR1 and Gracilibacteria', changes: 'TGAG', starts: 'TTG ATG GTG' },
  { id: 26, name: 'Pachysolen tannophilus Nuclear', changes: 'CTGA', starts: 'CTG ATG' },
  { id: 27, name: 'Karyorelict Nuclear', changes: 'TAAQ TAGQ TGAW', starts: 'ATG', eitherWay: 'TGA' },
  { id: 28, name: 'Condylostoma Nuclear', changes: 'TAAQ TAGQ TGAW', starts: 'ATG', eitherWay: 'TAA TAG TGA' },
  { id: 29, name: 'Mesodinium Nuclear', changes: 'TAAY TAGY', starts: 'ATG' },
  { id: 30, name: 'Peritrich Nuclear', changes: 'TAAE TAGE', starts: 'ATG' },
  { id: 31, name: 'Blastocrithidia Nuclear', changes: 'TGAW TAGE TAAE', starts: 'ATG', eitherWay: 'TAA TAG' },
  { id: 32, name: 'Balanophoraceae Plastid', changes: 'TAGW', starts: 'TTG CTG ATT ATC ATA ATG GTG' },
  { id: 33, name: 'Cephalodiscidae Mitochondrial', changes: 'TAAY TGAW AGAS AGGK', starts: 'TTG CTG ATG GTG' },
];

/** Every genetic code that NCBI numbers, in the order of the numbers. */
export const geneticCodes: readonly GeneticCode[] = /* @__PURE__ */ DEFINITIONS.map(
  ({ id, name, changes = '', starts, eitherWay = '' }) => {
    const aminoAcids = Object.fromEntries(CODONS.map((codon, i) => [codon, STANDARD[i]]));
    for (const change of words(changes)) aminoAcids[change.slice(0, 3)] = change[3];
    const stops = CODONS.filter((codon) => aminoAcids[codon] === '*' || words(eitherWay).includes(codon));
    return Object.freeze({ id, name, aminoAcids: Object.freeze(aminoAcids), starts: words(starts), stops });
  },
);

function words(text: string): string[] {
  return text.split(' ').filter(Boolean);
}

/** The genetic code with one of NCBI's numbers, 1 the standard one. @throws RangeError if there is none */
export function geneticCode(id: number): GeneticCode {
  const code = geneticCodes.find((candidate) => candidate.id === id);
  if (code) return code;
  throw new RangeError(
    `geneticCode: NCBI has no code ${id}; there are ${geneticCodes.map((known) => known.id).join(', ')}`,
  );
}
