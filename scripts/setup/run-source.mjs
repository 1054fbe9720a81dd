/** Runs TypeScript of this repository as it stands, once all that it needs is there. */
import { bootstrap, root } from './bootstrap.mjs';
import { foreground, main } from './main.mjs';

const driver = '--install-driver'; // the one argument that is the bootstrap's

/**
 * @param {string} file by its path in the repository
 * @param {{ first?: readonly string[], cwd?: string | undefined }} [options] arguments before those of the command line, and the folder
 */
export function runSource(file, { first = [], cwd } = {}) {
  return main(async () => {
    const given = process.argv.slice(2);
    const env = bootstrap({ wasAsked: given.includes(driver) });
    const args = [...first, ...given.filter((arg) => arg !== driver)];
    const node = ['--import', import.meta.resolve('tsx'), `${root}${file}`, ...args];
    process.exitCode = await foreground(process.execPath, node, { env, ...(cwd && { cwd }) });
  });
}
