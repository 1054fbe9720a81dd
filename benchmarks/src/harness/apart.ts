import { spawnSync } from 'node:child_process';

/**
 * Asks each question in a process of its own, with the options of this one: what a peer leaves behind slows no other question,
 * and where one ends the process, the others still have their answers.
 */
export function eachApart(names: readonly string[]): void {
  const [file, ...args] = process.argv.slice(1);
  const options = args.filter((arg) => arg.startsWith('--'));
  for (const name of names) {
    const { status, signal } = spawnSync(process.execPath, [...process.execArgv, file, name, ...options], {
      stdio: 'inherit',
    });
    if (signal) console.error(`bench: ${name} was ended by ${signal}`);
    if (status !== 0) process.exitCode = 1;
  }
}
