import { Absent, type Case, type System } from './benchmark';
import { patiently } from './patience';
import type { Measured, Missing, Result } from './result';

/** Asks each system once for the number that a turn gives. Throws if ours is absent. */
export async function weigh({ name, systems, unit = 'kB' }: Case): Promise<Measured> {
  const results: Result[] = [];
  const missing: Missing[] = [];
  for (const system of systems) {
    const value = await numberOf(system).catch(reasonOf);
    if (typeof value === 'string')
      missing.push({ case: name, system: system.name, reason: value, isRequired: system.isRequired ?? false });
    else results.push({ case: name, system: system.name, median: value, unit, ratio: 1, quartiles: [value, value] });
  }
  const [ours] = results;
  if (ours?.system !== systems[0].name) throw new Error(`${name}: ${systems[0].name} is absent`);
  const compared = results.map((line) => ({ ...line, ratio: line.median / ours.median }));
  return { results: compared, missing, judged: [], notes: [] };
}

async function numberOf(system: System): Promise<number> {
  const { turn, close } = await system.open();
  try {
    return (await patiently(turn()))[0];
  } finally {
    await close();
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof Absent) return error.message;
  throw error;
}
