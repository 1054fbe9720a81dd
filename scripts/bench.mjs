/** `npm run bench -- [NAME ...] [--json]`: the bootstrap, then the benchmarks. */
import { runSource } from './setup/run-source.mjs';

await runSource('benchmarks/src/main.ts');
