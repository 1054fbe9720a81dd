import { build, type Plugin } from 'vite';

/**
 * Bundles an entry for the browser in memory: file name → text, with the entry as `entry.js`.
 * Throws if anything on the way imports a Node module: that is what a user's bundler would stumble over.
 */
export async function bundle(entry: string): Promise<Map<string, string>> {
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    plugins: [noNode],
    build: {
      write: false,
      target: 'esnext',
      minify: false,
      rollupOptions: { input: entry, external: ['webgpu'], output: { entryFileNames: 'entry.js' } },
    },
  });
  if (!('output' in result)) throw new Error('bundle: expected one build, got several or a watcher');
  return new Map(result.output.map((file) => [file.fileName, file.type === 'chunk' ? file.code : String(file.source)]));
}

const noNode: Plugin = {
  name: 'no-node',
  enforce: 'pre',
  resolveId(id, importer) {
    if (id.startsWith('node:')) throw new Error(`bundle: ${importer} imports ${id}, which a browser lacks`);
  },
};
