/** `npm run studio -- ARGS`: the bootstrap, then the studio at an address of this machine, with the arguments of `vite`. */
import { join } from 'node:path';
import { checkNode, installDependencies } from './setup/dependencies.mjs';
import { root } from './setup/bootstrap.mjs';
import { foreground, main } from './setup/main.mjs';

main(async () => {
  checkNode(root);
  installDependencies(root);
  const args = [join(root, 'node_modules/vite/bin/vite.js'), ...process.argv.slice(2)];
  process.exitCode = await foreground(process.execPath, args, { cwd: join(root, 'apps/studio') });
});
