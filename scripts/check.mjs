/** `npm run check`: everything that must hold before a commit lands. `-- --no-tests` leaves out the tests. */
import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { root } from './setup/bootstrap.mjs';
import { childEnvironment } from './setup/machine.mjs';

const parts = {
  types: 'tsc -p . && tsc -p apps/studio && tsc -p apps/studio/src/worker', // each with the names of where it runs
  lint: 'eslint . --max-warnings 0 --cache --cache-location node_modules/.cache/eslint/',
  format: 'prettier --check . --log-level warn --cache --cache-location node_modules/.cache/prettier/check',
  imports: 'depcruise packages apps benchmarks scripts --config .dependency-cruiser.mjs --output-type err',
  tests: 'vitest run --project cpu --reporter=dot',
};

const PATH = [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter);
const env = { ...childEnvironment(), PATH, HAIRPIN_DEVICE: 'cpu' };

function passes([name, command]) {
  const start = Date.now();
  const { status, stdout, stderr } = spawnSync(command, { cwd: root, env, shell: true, encoding: 'utf8' });
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name.padEnd(8)} ${seconds.padStart(5)} s`);
  if (status !== 0) console.log(`${stdout}${stderr}`);
  return status === 0;
}

const wanted = Object.entries(parts).filter(([name]) => name !== 'tests' || !process.argv.includes('--no-tests'));
const failed = wanted.map(passes).filter((passed) => !passed);
process.exitCode = failed.length > 0 ? 1 : 0;
