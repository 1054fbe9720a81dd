import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { bundle } from '../../scripts/browser/bundle.mjs';
import type { Benchmark, Case, System } from './harness/benchmark';
import { assertInstalled } from './systems/installed';

/** How much does a page load that uses all of a package? */
export const size: Benchmark = {
  name: 'size',
  question: 'How much does a page load that takes everything from a package, minified and gzipped?',
  notes: [
    'Bundled by Vite for browsers, with all that the package needs; a page that uses less of it loads less. The packages above `tensors` bring it with them.',
    'tfjs is its core with WebGPU and all gradients, without its layers.',
  ],
  cases: [
    packageCase(
      'tensors',
      peer('tfjs-webgpu', 'tfjs', '@tensorflow/tfjs-backend-webgpu'),
      peer('jax-js', 'jax', '@jax-js/jax'),
    ),
    ...['layers', 'train', 'bio', 'interpret'].map((name) => packageCase(name)),
  ],
};

function packageCase(name: string, ...peers: System[]): Case {
  return { name: `@hairpin/${name}`, unit: 'kB', tolerance: 0, systems: [bundled('hairpin', name), ...peers] };
}

/** @param file of the folder `size` */
function bundled(name: string, file: string): System {
  const entry = fileURLToPath(new URL(`size/${file}.ts`, import.meta.url));
  const turn = async () => {
    const texts = [...(await bundle(entry, { minify: true })).values()];
    return [texts.reduce((total, text) => total + gzipSync(text, { level: 9 }).length, 0) / 1000];
  };
  return { name, open: async () => ({ turn, close: () => undefined }) };
}

/** The same of a package that may not be here. */
function peer(name: string, file: string, needs: string): System {
  const system = bundled(name, file);
  return { ...system, isRequired: name === 'tfjs-webgpu', open: () => assertInstalled(needs).then(system.open) };
}
