import { build } from 'vite';

/**
 * Bundles an entry for the browser in memory: file name → contents, with the entry as `entry.js`.
 * Throws if anything on the way imports a Node module: that is what a user's bundler would stumble over.
 *
 * @param {string} entry the path of a file
 * @param {{ minify?: boolean, replace?: Readonly<Record<string, string>> }} [options] minified, to see what a user's page would load; files
 *   to take in place of others, by their paths
 * @returns {Promise<Map<string, string | Uint8Array>>}
 */
export async function bundle(entry, { minify = false, replace = {} } = {}) {
  const rollupOptions = {
    input: entry,
    external: ['webgpu'],
    checks: { pluginTimings: false }, // of course a worker's build takes most of the time
    output: { entryFileNames: 'entry.js', chunkFileNames: '[name].js' },
  };
  const options = { write: false, target: 'esnext', minify, rollupOptions };
  const plugins = [instead(replace), noNode];
  return filesOf(await build({ configFile: false, logLevel: 'warn', plugins, build: options }));
}

/**
 * Builds the site whose index.html and vite.config.ts are in a folder, in memory: path → contents. Throws as `bundle` does.
 *
 * @param {string} root
 * @returns {Promise<Map<string, string | Uint8Array>>}
 */
export async function buildSite(root) {
  const plugins = () => [noNode];
  return filesOf(
    await build({ root, logLevel: 'warn', plugins: plugins(), worker: { plugins }, build: { write: false } }),
  );
}

function filesOf(result) {
  if (!('output' in result)) throw new Error('bundle: expected one build, got several or a watcher');
  return new Map(result.output.map((file) => [file.fileName, file.type === 'chunk' ? file.code : file.source]));
}

/** @type {import('vite').Plugin} */
const noNode = {
  name: 'no-node',
  enforce: 'pre',
  resolveId(id, importer) {
    if (id.startsWith('node:')) throw new Error(`bundle: ${importer} imports ${id}, which a browser lacks`);
  },
};

/**
 * @param {Readonly<Record<string, string>>} replace
 * @returns {import('vite').Plugin}
 */
const instead = (replace) => ({
  name: 'instead',
  enforce: 'pre',
  async resolveId(id, importer, options) {
    const found = await this.resolve(id, importer, { ...options, skipSelf: true });
    return found && (replace[found.id] ?? found);
  },
});
