import type { Experiment } from '@hairpin/experiments';

/** What a search looks into: anything that a person might remember of an experiment. */
type Searched = Pick<Experiment, 'name' | 'question' | 'biology' | 'rows'>;

/** Whether an experiment speaks of every word of the query; `row 14` or `14` finds by the number of a system. */
export function answers({ name, question, biology, rows }: Searched, query: string): boolean {
  const text = `${name} ${question} ${biology} ${rows.map((row) => `row ${row}`).join(' ')}`.toLowerCase();
  const wanted = query.toLowerCase().split(/\s+/).filter(Boolean);
  return wanted.every((word) => (/^\d+$/.test(word) ? rows.includes(Number(word)) : text.includes(word)));
}
