/** `npm run hairpin -- ARGS`: the bootstrap, then `hairpin ARGS`. */
import { runSource } from './setup/run-source.mjs';

await runSource('apps/cli/src/main.ts', { cwd: process.env.INIT_CWD });
