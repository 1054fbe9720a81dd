import { readdirSync, readFileSync } from 'node:fs';
import { defineConfig } from 'tsup';

/**
 * Every entry of a package's `exports`, as ES modules with types. Called from the package's own tsup.config.ts.
 * @param options.apart each source file becomes a file of its own, so that a bundler can leave out what is not used together
 * with what only that imports: in one file a single use of the engine would bring it all
 */
export function build(options: { node?: boolean; apart?: boolean } = {}) {
  return defineConfig({
    entry: { ...(options.apart && sources()), ...entries() },
    format: 'esm',
    target: 'es2022', // lowers `using`, which Node 20 and today's browsers lack
    platform: options.node ? 'node' : 'browser',
    dts: { entry: entries() },
    sourcemap: true,
    clean: true,
    splitting: true,
    treeshake: true,
  });
}

/** { 'files/index': 'src/files/index.ts' }: dist mirrors src, so that publishConfig.exports is exports with another root. */
function entries(): Record<string, string> {
  const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as { exports: Record<string, string> };
  const sources = Object.values(exports).filter((path) => path.endsWith('.ts'));
  return Object.fromEntries(sources.map((path) => [path.replace(/^\.\/src\/|\.ts$/g, ''), path]));
}

/** Every source file, named as an entry is. */
function sources(): Record<string, string> {
  const paths = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
  return Object.fromEntries(paths.map((path) => [path.replaceAll('\\', '/').replace(/\.ts$/, ''), `src/${path}`]));
}
