/** `npm test -- ARGS`: the bootstrap, then vitest over everything, then one line: N passed, N failed, N skipped. */
import { bootstrap } from './setup/bootstrap.mjs';
import { main } from './setup/main.mjs';
import { asLine, countTests } from './setup/summary.mjs';
import { runVitest } from './setup/vitest.mjs';

main(async () => {
  const args = process.argv.slice(2).filter((arg) => arg !== '--install-driver');
  const env = bootstrap({ browser: true, wasAsked: args.length < process.argv.length - 2 });
  const { code, report } = await runVitest(args, env);
  const counts = countTests(report, code);
  console.log(asLine(counts));
  process.exitCode = code || (counts.failed > 0 ? 1 : 0);
});
