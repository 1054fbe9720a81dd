/** The outermost frame of a script: an error becomes one line and exit code 1. */
import { spawn } from 'node:child_process';
import { say } from './machine.mjs';

export async function main(body) {
  try {
    await body();
  } catch (error) {
    say(error.message);
    process.exitCode = 1;
  }
}

/** Runs a program in the foreground. Ctrl-C is its own to handle: we only wait for it and take over its exit code. */
export function foreground(command, args, options) {
  process.on('SIGINT', () => {});
  const child = spawn(command, args, { stdio: 'inherit', ...options });
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}
