import type { RunFacts } from '@hairpin/experiments';
import manifest from '../package.json' with { type: 'json' };

/** What a report says about how it was made; the job began with the process. */
export function runFacts(): RunFacts {
  const command = ['hairpin', ...process.argv.slice(2).map(quoted)].join(' ');
  return { command, version: manifest.version, date: today(), startedAt: 0 };
}

/** 2026-01-31 */
export const today = (): string => new Date().toISOString().slice(0, 10);

const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
