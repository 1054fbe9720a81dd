/** `npm run test:long`: the tests in `*.long.test.ts`, and their results in docs/long-tests.md. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bootstrap, findAdapter, root } from './setup/bootstrap.mjs';
import { main } from './setup/main.mjs';
import { asLine, asTable, countTests } from './setup/summary.mjs';
import { runVitest } from './setup/vitest.mjs';

main(async () => {
  const args = process.argv.slice(2);
  const env = bootstrap({ browser: true });
  const { code, report } = await runVitest(['--passWithNoTests', ...args], { ...env, HAIRPIN_LONG: '1' });
  if (report && args.length === 0) writeFileSync(join(root, 'docs/long-tests.md'), page(report, code));
  console.log(asLine(countTests(report, code)));
  process.exitCode = code;
});

function page(report, code) {
  const day = new Date(report.startTime).toISOString().slice(0, 10);
  const where = `${day}, Node ${process.versions.node}, adapter: ${findAdapter() ?? 'none'}`;
  const note = 'Written by `npm run test:long`, which runs the full counts that `npm test` has no time for.';
  return `# Long tests\n\n${note}\n\n${where}: ${asLine(countTests(report, code))}\n\n${asTable(report)}`;
}
