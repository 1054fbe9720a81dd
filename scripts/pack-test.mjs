/** `npm run test:pack`: what would be published works when installed elsewhere. */
import { tryPackages } from './release/try-packages.mjs';
import { root } from './setup/bootstrap.mjs';
import { main } from './setup/main.mjs';

main(() => tryPackages(root));
