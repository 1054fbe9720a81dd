/** `npm run setup`: the bootstrap alone. `-- --install-driver` permits system packages, `-- --browser` brings Chromium too. */
import { bootstrap, findAdapter } from './setup/bootstrap.mjs';
import { say } from './setup/machine.mjs';
import { main } from './setup/main.mjs';

main(() => {
  const args = process.argv.slice(2);
  bootstrap({ wasAsked: args.includes('--install-driver'), browser: args.includes('--browser') });
  say(`ready; WebGPU adapter: ${findAdapter() ?? 'none'}`);
});
