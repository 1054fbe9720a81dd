/** `npm run quickstart -- ARGS`: the bootstrap, then `hairpin discover ARGS`. */
import { runSource } from './setup/run-source.mjs';

await runSource('apps/cli/src/main.ts', { first: ['discover'], cwd: process.env.INIT_CWD });
