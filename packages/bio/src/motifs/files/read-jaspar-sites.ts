import { excerpt } from '../../formats/format-error';
import type { ReadOptions } from '../../formats/input';
import { wholeReader } from '../../formats/whole-reader';
import type { WholeReader } from '../../formats/whole-reader';
import type { Motif } from '../motif';
import { countLetters } from '../pwm';
import { motifFrom } from './from-matrix';
import { LineCursor } from './line-cursor';
import { wordsOf } from './words';

/**
 * The motif of a JASPAR `.sites` file: after each header `>MA0004 ARNT 1` a sequence whose capitals are the site and whose small
 * letters are what was around it. All sites have one length. N counts a quarter for each letter.
 * @throws FormatError
 */
export const readJasparSites: WholeReader<Motif> = /* @__PURE__ */ wholeReader(parseSites);

function parseSites(text: string, options: ReadOptions): Motif {
  const cursor = new LineCursor(text, options);
  const records = recordsOf(cursor);
  if (records.length === 0) throw cursor.error("no site found: expected a line that begins with '>'", { line: 0 });
  const sites = records.map((record) => siteOf(record, cursor));
  const odd = sites.findIndex(({ length }) => length !== sites[0].length);
  if (odd >= 0) {
    const got = `got ${sites[odd].length}`;
    throw cursor.error(`expected a site of ${sites[0].length} letters, ${got}`, { line: records[odd].line });
  }
  const [id, name] = wordsOf(records[0].header).map((word) => word.text);
  return motifFrom({ id: id ?? '', name: name ?? '' }, countLetters(sites), (message) =>
    cursor.error(message, { line: 1 }),
  );
}

interface SiteRecord {
  readonly header: string;
  readonly line: number;
  letters: string;
}

function recordsOf(cursor: LineCursor): SiteRecord[] {
  const records: SiteRecord[] = [];
  for (let line = cursor.next(); line !== undefined; line = cursor.next()) {
    const content = line.trim();
    if (content === '') continue;
    if (content.startsWith('>')) {
      records.push({ header: content.slice(1), line: cursor.number, letters: '' });
      continue;
    }
    const last = records.at(-1);
    if (!last) throw cursor.error(`expected a line that begins with '>', got ${excerpt(content)}`);
    const stray = /[^ACGTNacgtn\s]/.exec(line);
    if (stray) throw cursor.error(`expected letters of DNA, got ${excerpt(stray[0])}`, { column: stray.index + 1 });
    last.letters += content.replace(/\s+/g, '');
  }
  return records;
}

/** The capitals, which stand together. */
function siteOf({ header, line, letters }: SiteRecord, cursor: LineCursor): string {
  const runs = letters.match(/[ACGTN]+/g) ?? [];
  if (runs.length === 1) return runs[0];
  throw cursor.error(`${excerpt(header)}: expected one run of capitals, the site, got ${runs.length}`, { line });
}
