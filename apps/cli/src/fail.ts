import { CommanderError } from 'commander';
import { Interrupted } from './interrupt';

/** Says in one line what went wrong, and returns the exit code for it. */
export function fail(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode; // commander has spoken
  process.stderr.write(`hairpin: ${lineOf(error)}\n`);
  return error instanceof Interrupted ? 130 : 1;
}

/** What an error says, in one line. */
export const lineOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).trim().replace(/[.;]?\s*[\r\n]+\s*/g, '; ');
