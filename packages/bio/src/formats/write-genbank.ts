import type { GenBankFeature, GenBankRecord } from './genbank';
import { writeLocation } from './write-location';

/**
 * GenBank flat files (GenPept for `unit: 'aa'`). Reading what was written gives the same records; line breaks in qualifiers fall where a
 * space was, and words longer than a line stay whole.
 * @throws RangeError for what a flat file cannot hold
 */
export function writeGenBank(records: Iterable<GenBankRecord>): string {
  return Array.from(records, recordText).join('');
}

const INDENT = 12; // columns before the text of a keyword
const FEATURE_INDENT = 21; // columns before locations and qualifiers
const LINE_END = 79; // the last column that GenBank writes to
const AFTER_FEATURES = ['CONTIG', 'BASE']; // keywords that stand before the letters

function recordText(record: GenBankRecord): string {
  checkLength(record);
  const entries = Object.entries(record.header).flatMap(([keyword, texts]) => texts.map((text) => [keyword, text]));
  const isLate = ([keyword]: string[]) => AFTER_FEATURES.includes(keyword);
  const lines = [
    locusLine(record),
    ...entries.filter((entry) => !isLate(entry)).flatMap(([keyword, text]) => headerLines(keyword, text)),
    ...(record.features.length > 0 ? ['FEATURES             Location/Qualifiers'] : []),
    ...record.features.flatMap((feature) => featureLines(feature, record.length)),
    ...entries.filter(isLate).flatMap(([keyword, text]) => headerLines(keyword, text)),
    ...(record.sequence === '' ? [] : ['ORIGIN', ...letterLines(record.sequence)]),
    '//',
  ];
  return `${lines.join('\n')}\n`;
}

function checkLength({ name, length, sequence }: GenBankRecord): void {
  if (sequence === '' || sequence.length === length) return;
  throw new RangeError(`writeGenBank: ${name}: length ${length}, but the sequence has ${sequence.length} letters`);
}

function locusLine({ name, length, unit, molecule, topology, division, date }: GenBankRecord): string {
  const isName = /^\S(?:.*\S)?$/.test(name) && !/\s\d+\s+(bp|aa)\b/.test(name);
  checked('name', name, isName);
  checked('molecule', molecule, molecule === '' || /^\S*[DR]NA\S*$/.test(molecule));
  checked('division', division, division === '' || (/^[A-Z]{3}$/.test(division) && !/[DR]NA/.test(division)));
  checked('date', date, date === '' || /^\d{1,2}-[A-Z]{3}-\d{4}$/.test(date));
  const strands = /^\w\w-/.test(molecule) ? molecule : `   ${molecule}`; // ss- and ds- stand before the column of the rest
  const words = [unit, strands.padEnd(10), (topology ?? '').padEnd(8), division.padEnd(3), date];
  return `LOCUS       ${name.padEnd(16)} ${String(length).padStart(11)} ${words.join(' ')}`.trimEnd();
}

function checked(what: string, text: string, isGood: boolean): void {
  if (!isGood || /[\r\n]/.test(text)) {
    throw new RangeError(`writeGenBank: a ${what} cannot be ${JSON.stringify(text)}`);
  }
}

/** Lines that begin with a sub-keyword (ORGANISM, AUTHORS …) stand under it, others in the column of the text. */
function headerLines(keyword: string, text: string): string[] {
  const isKeyword = /^[^\s\d/]\S*$/.test(keyword) && !['LOCUS', 'FEATURES', 'ORIGIN'].includes(keyword);
  checked('keyword', keyword, isKeyword);
  const [first, ...more] = text.split('\n');
  const others = more.map((line) => (SUB_KEYWORD.test(line) ? `  ${line}` : ' '.repeat(INDENT) + line));
  return [`${keyword.padEnd(INDENT)}${first}`.trimEnd(), ...others];
}

const SUB_KEYWORD = /^(ORGANISM|AUTHORS|CONSRTM|TITLE|JOURNAL|MEDLINE|PUBMED|REMARK) /;

function featureLines({ type, location, qualifiers }: GenBankFeature, length: number): string[] {
  checked('feature', type, /^\S+$/.test(type));
  const pad = ' '.repeat(FEATURE_INDENT);
  const place = brokenAfterCommas(writeLocation(location, length));
  const named = Object.entries(qualifiers).flatMap(([name, values]) => values.map((value) => qualifier(name, value)));
  const head = `${' '.repeat(5)}${type} `.padEnd(FEATURE_INDENT);
  return [head + place[0], ...place.slice(1).map((line) => pad + line), ...named.flat().map((line) => pad + line)];
}

const WIDTH = LINE_END - FEATURE_INDENT;

function brokenAfterCommas(text: string): string[] {
  return text.split(/(?<=,)/).reduce<string[]>((lines, piece) => {
    const last = lines.at(-1);
    if (last === undefined || last.length + piece.length > WIDTH) return [...lines, piece];
    return [...lines.slice(0, -1), last + piece];
  }, []);
}

/** Qualifiers whose values are numbers, positions or words of the feature table's own: they have no quotes. */
const BARE = ['anticodon', 'citation', 'codon_start', 'compare', 'direction', 'estimated_length', 'mod_base', 'number', 'rpt_type', 'rpt_unit_range', 'tag_peptide', 'transl_except', 'transl_table']; // prettier-ignore

function qualifier(name: string, value: string): string[] {
  checked('name of a qualifier', name, /^[^\s=](?:[^=]*[^\s=])?$/.test(name));
  checked(`value of /${name}`, value, true);
  if (value === '') return [`/${name}`];
  if (BARE.includes(name) && /^[^"\s]\S*$/.test(value)) return [`/${name}=${value}`];
  const text = `/${name}="${value.replaceAll('"', '""')}"`;
  const hasSpaces = /\s/.test(value);
  return name === 'translation' ? (hasSpaces ? [text] : cutEvery(text)) : brokenAtSpaces(text);
}

/** Readers join the lines of a translation without a space; a doubled quote is not torn. */
const cutEvery = (text: string) => text.match(new RegExp(`(?:""|[^]){1,${WIDTH}}`, 'g'))!;

/** Readers put a space where a line ends, so that only a single one can give way to it. */
function brokenAtSpaces(text: string): string[] {
  return text.split(/(?<=\S) (?=\S)/).reduce<string[]>((lines, piece) => {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + piece.length > WIDTH) return [...lines, piece];
    return [...lines.slice(0, -1), `${last} ${piece}`];
  }, []);
}

/** Sixty letters a line in groups of ten, after the position of the first. */
function letterLines(sequence: string): string[] {
  return Array.from({ length: Math.ceil(sequence.length / 60) }, (_, line) => {
    const letters = sequence.slice(60 * line, 60 * line + 60);
    return `${String(60 * line + 1).padStart(9)} ${letters.match(/.{1,10}/g)!.join(' ')}`;
  });
}
