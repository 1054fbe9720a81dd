import { build } from 'vite';

/**
 * Bundles an entry for the browser in memory: file name → text, with the entry as `entry.js`.
 * Throws if anything on the way imports a Node module: that is what a user's bundler would stumble over.
 *
 * @param {string} entry the path of a file
 * @param {{ minify?: boolean }} [options] minified, to see what a user's page would load
 * @returns {Promise<Map<string, string>>}
 */
export async function bundle(entry, { minify = false } = {}) {
  const rollupOptions = {
    input: entry,
    external: ['webgpu'],
    output: { entryFileNames: 'entry.js', chunkFileNames: '[name].js' },
  };
  const options = { write: false, target: 'esnext', minify, rollupOptions };
  const result = await build({ configFile: false, logLevel: 'warn', plugins: [noNode], build: options });
  if (!('output' in result)) throw new Error('bundle: expected one build, got several or a watcher');
  return new Map(result.output.map((file) => [file.fileName, file.type === 'chunk' ? file.code : String(file.source)]));
}

/** @type {import('vite').Plugin} */
const noNode = {
  name: 'no-node',
  enforce: 'pre',
  resolveId(id, importer) {
    if (id.startsWith('node:')) throw new Error(`bundle: ${importer} imports ${id}, which a browser lacks`);
  },
};
