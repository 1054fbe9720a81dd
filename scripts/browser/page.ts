/** The page's half of a browser test: runs cases and leaves the outcome where chromium.ts reads it. */

export interface Outcome {
  passed: number;
  skipped: number;
  failed: { name: string; message: string }[];
}

/** A case passes when it returns, is skipped when it returns 'skipped', and fails when it throws. */
export type Case = () => void | 'skipped' | Promise<void | 'skipped'>;

/** The name under which the page publishes a promise of its Outcome. */
export const outcomeKey = 'hairpinOutcome';

/** Starts the cases, one after the other. Called once by the page's entry. */
export function publish(cases: Record<string, Case>): void {
  (globalThis as Record<string, unknown>)[outcomeKey] = runCases(cases);
}

async function runCases(cases: Record<string, Case>): Promise<Outcome> {
  const outcome: Outcome = { passed: 0, skipped: 0, failed: [] };
  for (const [name, run] of Object.entries(cases)) {
    try {
      outcome[(await run()) === 'skipped' ? 'skipped' : 'passed'] += 1;
    } catch (error) {
      outcome.failed.push({ name, message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  }
  return outcome;
}
