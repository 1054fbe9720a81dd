/** `npm run hairpin -- ARGS`: the bootstrap, then `hairpin ARGS`. */
import { bootstrap, root } from './setup/bootstrap.mjs';
import { foreground, main } from './setup/main.mjs';

main(async () => {
  const args = process.argv.slice(2).filter((arg) => arg !== '--install-driver');
  const env = bootstrap({ wasAsked: args.length < process.argv.length - 2 });
  const node = ['--import', import.meta.resolve('tsx'), `${root}apps/cli/src/main.ts`, ...args];
  process.exitCode = await foreground(process.execPath, node, { env, cwd: process.env.INIT_CWD });
});
