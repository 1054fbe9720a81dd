import { writeFasta } from './fasta';
import type { FastaRecord } from './fasta';
import type { Gff3Feature, Gff3Item } from './gff3';

type Writable = Gff3Item | { readonly kind: 'feature'; readonly feature: Gff3Feature };

/** GFF3 text; the version comes first and the sequences last, wherever they stand among the items. */
export function writeGff3(items: Iterable<Writable>): string {
  let text = '##gff-version 3\n';
  const sequences: FastaRecord[] = [];
  for (const item of items) {
    if (item.kind === 'sequence') sequences.push(item.record);
    else text += lineOf(item);
  }
  return sequences.length > 0 ? `${text}##FASTA\n${writeFasta(sequences)}` : text;
}

function lineOf(item: Exclude<Writable, { kind: 'sequence' }>): string {
  if (item.kind === 'feature') return `${featureLine(item.feature)}\n`;
  if (item.kind === 'comment') return `# ${oneLine(item.text)}\n`;
  if (item.name === 'gff-version') return '';
  return item.name === '#' ? '###\n' : `##${oneLine(`${item.name} ${item.value}`.trim())}\n`;
}

function oneLine(text: string): string {
  if (/[\r\n]/.test(text)) throw new RangeError(`writeGff3: ${JSON.stringify(text)} has a line break`);
  return text;
}

function featureLine({ seqid, source, type, start, end, score, strand, phase, attributes }: Gff3Feature): string {
  const names = [seqid, source, type].map((name) => escaped(name, /[\t\n\r%\p{Cc}]|^[#>\s]/gu));
  const numbers = [start + 1, end, score ?? '.', strand, phase ?? '.'];
  const tags = Object.entries(attributes).map(([tag, values]) => attribute(tag, values));
  return [...names, ...numbers, tags.join(';') || '.'].join('\t');
}

function attribute(tag: string, values: readonly string[]): string {
  const name = escaped(tag, /[\s;=&,%\p{Cc}]/gu);
  const list = values.map((value) => escaped(value, /[;=&,%\p{Cc}]|\s$/gu));
  return list.length === 0 ? name : `${name}=${list.join(',')}`;
}

function escaped(text: string, special: RegExp): string {
  return text.replace(special, (letter) =>
    Array.from(new TextEncoder().encode(letter), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(
      '',
    ),
  );
}
