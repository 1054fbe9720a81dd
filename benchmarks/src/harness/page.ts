import { asSentence } from './judge';
import type { Report } from './result';
import { asTable } from './table';

/** A report as a section of Markdown, which reads well on a terminal too. */
export function asSection(report: Report): string {
  const { benchmark, question, notes, judged } = report;
  const list = (items: readonly string[]) => items.map((item) => `- ${item}`).join('\n');
  return [`## ${benchmark}`, question, report.text ?? asTable(report), list(judged.map(asSentence)), list(notes)]
    .filter(Boolean)
    .join('\n\n');
}

/**
 * A page with these reports: sections of the page before whose questions were not asked again stay as they are. They stand in
 * the order of `names`, and each says when and where it was measured.
 */
export function asPage(reports: readonly Report[], day: string, { names, before = '' }: PageOptions): string {
  const sections = new Map(before.split(/^(?=## )/m).map((text) => [nameOf(text), text.trim()]));
  for (const report of reports)
    sections.set(report.benchmark, `${asSection(report)}\n\n_Measured ${day}: ${whereOf(report)}._`);
  const known = names.flatMap((name) => sections.get(name) ?? []);
  return `${['# Performance', introduction, ...known].join('\n\n')}\n`;
}

/** What a page is made of besides reports. */
export interface PageOptions {
  /** The questions there are. */
  readonly names: readonly string[];
  /** The page as it was. */
  readonly before?: string;
}

const nameOf = (section: string): string => /^## (.*)/.exec(section)?.[1] ?? '';

const introduction = [
  'Written by `npm run bench -- --write`, a section by `npm run bench -- NAME --write`. The systems take turns in one process,',
  'so that a busy machine is busy for all. The median of a turn is in the table, the range that holds its middle half, how many',
  'times Hairpin is faster (median over median), and how long the first turn took, which compiles. Before anything is timed',
  'the systems have shown that they compute the same numbers.',
].join('\n');

/** Adapter, runtime, processor and versions in one line. */
export function whereOf({ adapter, versions }: Report): string {
  return [adapter, ...Object.entries(versions).map(([name, version]) => `${name} ${version}`)].join(' · ');
}
