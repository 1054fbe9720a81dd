/** The page's half of a browser test: runs cases and leaves the outcome where chromium.ts reads it. */

/** A case passes when `run` resolves. */
export interface Case {
  readonly name: string;
  readonly run: () => Promise<void>;
}

/** What the cases came to. */
export interface Outcome {
  passed: number;
  failed: { name: string; message: string }[];
}

/** The name under which the page publishes a promise of its Outcome. */
export const outcomeKey = 'hairpinOutcome';

/** Runs the cases one after the other. Called once by the page's entry. */
export function publish(cases: () => Promise<readonly Case[]>): void {
  (globalThis as Record<string, unknown>)[outcomeKey] = cases().then(runAll);
}

async function runAll(cases: readonly Case[]): Promise<Outcome> {
  const outcome: Outcome = { passed: 0, failed: [] };
  for (const { name, run } of cases) {
    try {
      await run();
      outcome.passed += 1;
    } catch (error) {
      outcome.failed.push({ name, message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  }
  return outcome;
}
