import { vi } from 'vitest';
import { fail } from '../src/fail';
import { program } from '../src/program';
import type { Ended } from './hairpin';

/** Runs `hairpin` with these arguments in this very process, which takes no second to start. */
export async function inProcess(...args: readonly string[]): Promise<Ended> {
  const said = { stdout: '', stderr: '' };
  const spies = [
    vi.spyOn(console, 'log').mockImplementation((text: string) => void (said.stdout += `${text}\n`)),
    vi.spyOn(console, 'error').mockImplementation((text: string) => void (said.stderr += `${text}\n`)),
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((said.stdout += String(text)), true)),
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((said.stderr += String(text)), true)),
  ];
  try {
    await program().parseAsync(args, { from: 'user' });
    return { code: Number(process.exitCode ?? 0), ...said };
  } catch (error) {
    const code = fail(error);
    return { code, ...said };
  } finally {
    process.exitCode = undefined;
    for (const spy of spies) spy.mockRestore();
  }
}
