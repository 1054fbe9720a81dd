import { surroundings } from './surroundings';
import type { Measured, Report } from './result';

/** `short` comes to an end in minutes; `full` takes as long as it takes. */
export type Scope = 'short' | 'full';

/** A question that is no race between systems on the same work: its answer is a table of its own, or curves. */
export interface Survey {
  readonly name: string;
  readonly question: string;
  readonly notes: readonly string[];
  survey(scope: Scope): Promise<Surveyed>;
}

/** The answer. */
export interface Surveyed extends Measured {
  /** Markdown, in place of the table of systems. */
  readonly text: string;
  /** SVG by file name; the text refers to them as `performance/NAME`. */
  readonly pictures?: Readonly<Record<string, string>>;
}

/** Answers the question. */
export async function answerSurvey(
  { name, question, notes, survey }: Survey,
  scope: Scope,
  adapter: string,
): Promise<Report> {
  const found = await survey(scope);
  return { ...found, benchmark: name, question, notes: [...notes, ...found.notes], adapter, versions: surroundings() };
}
