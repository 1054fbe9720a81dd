import { readFileSync } from 'node:fs';
import { collectFasta, collectGff3 } from '../src/index';
import type { Span } from '../src/index';
import { dataPath } from './support';

/** The genome of E. coli K-12 and its genes that make a protein, without those called pseudogenes. */
export async function readEcoli(): Promise<{ sequence: string; genes: Span[] }> {
  const read = (name: string) => readFileSync(dataPath(`ecoli_mg1655/GCF_000005845.2_genomic.${name}.gz`));
  const [{ sequence }] = await collectFasta(read('fna'));
  const genes = (await collectGff3(read('gff'))).flatMap((item): Span[] => {
    if (item.kind !== 'feature' || item.feature.type !== 'CDS' || item.feature.attributes.pseudo) return [];
    const { start, end, strand } = item.feature;
    return [{ start, end, strand: strand === '-' ? '-' : '+' }];
  });
  return { sequence, genes };
}
