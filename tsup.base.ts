import { readFileSync } from 'node:fs';
import { defineConfig } from 'tsup';

/** Every entry of a package's `exports`, as ES modules with types. Called from the package's own tsup.config.ts. */
export function build(options: { node?: boolean } = {}) {
  return defineConfig({
    entry: entries(),
    format: 'esm',
    target: 'es2022', // lowers `using`, which Node 20 and today's browsers lack
    platform: options.node ? 'node' : 'browser',
    dts: true,
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
