import type { Benchmark } from './benchmark';
import { measure } from './measure';
import type { Measured, Report } from './result';
import { surroundings } from './surroundings';
import { weigh } from './weigh';

/** Answers the question, case by case. */
export async function answer({ name, question, notes, cases }: Benchmark, adapter: string): Promise<Report> {
  const measured: Measured[] = [];
  for (const work of cases) measured.push(await (work.unit === 'kB' ? weigh(work) : measure(work)));
  return {
    benchmark: name,
    question,
    notes: [...notes, ...new Set(measured.flatMap((part) => part.notes))],
    adapter,
    versions: surroundings(),
    results: measured.flatMap(({ results }) => results),
    missing: measured.flatMap(({ missing }) => missing),
    judged: measured.flatMap(({ judged }) => judged),
  };
}
