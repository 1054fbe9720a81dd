/** `npm test -- ARGS`: the bootstrap, then vitest over everything, then one line: N passed, N failed, N skipped. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootstrap, root } from './setup/bootstrap.mjs';
import { foreground, main } from './setup/main.mjs';
import { asLine, countTests } from './setup/summary.mjs';

main(async () => {
  const args = process.argv.slice(2);
  const env = bootstrap({ browser: true, wasAsked: args.includes('--install-driver') });
  const folder = mkdtempSync(join(tmpdir(), 'hairpin-test-'));
  const report = join(folder, 'report.json');
  const wanted = args.filter((arg) => arg !== '--install-driver');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const code = await foreground(process.execPath, [vitest, 'run', ...reporters, ...wanted], { env, cwd: root });
  const counts = countTests(readReport(report), code);
  rmSync(folder, { recursive: true });
  console.log(asLine(counts));
  process.exitCode = code || (counts.failed > 0 ? 1 : 0);
});

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined; // vitest ended before it could write one
  }
}
