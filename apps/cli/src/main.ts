#!/usr/bin/env node
import { fail } from './fail';
import { program } from './program';

process.on('uncaughtException', (error) => process.exit(fail(error)));
process.stdout.on('error', () => process.exit(0)); // whoever read it, as `head` does, has seen enough

try {
  await program().parseAsync();
} catch (error) {
  process.exitCode = fail(error);
}
