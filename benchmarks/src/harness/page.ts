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

/** All reports as a page. */
export function asPage(reports: readonly Report[], day: string): string {
  const sections = reports.map(asSection);
  return `${[`# Performance`, introduction, `${day}, ${whereOf(reports[0])}.`, ...sections].join('\n\n')}\n`;
}

const introduction = [
  'Written by `npm run bench -- --write`. The systems take turns in one process, so that a busy machine is busy for all.',
  'The median of a turn is in the table, the range that holds its middle half, how many times Hairpin is faster (median',
  'over median), and how long the first turn took, which compiles. Before anything is timed the systems have shown that',
  'they compute the same numbers.',
].join('\n');

/** Adapter, runtime, processor and versions in one line. */
export function whereOf({ adapter, versions }: Report): string {
  return [adapter, ...Object.entries(versions).map(([name, version]) => `${name} ${version}`)].join(' · ');
}
