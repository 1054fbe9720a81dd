import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { expect, it } from 'vitest';
import configuration from '../../.dependency-cruiser.mjs';

/** The names of the rules that a tree of files breaks. */
async function brokenRules(files: Record<string, string>): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'hairpin-rules-'));
  try {
    for (const [path, text] of Object.entries(files)) write(join(folder, path), text);
    const { tsConfig: _, ...options } = configuration.options!;
    const ruleSet = { forbidden: configuration.forbidden };
    const report = await cruise(['.'], { ...options, baseDir: folder, validate: true, ruleSet });
    const { violations } = (report.output as ICruiseResult).summary;
    return [...new Set(violations.map(({ rule }) => rule.name))].sort();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

const nothing = 'export const nothing = 0;';

const trees: Record<string, { files: Record<string, string>; broken: string[] }> = {
  'a tidy tree': {
    files: {
      'packages/tensors/src/index.ts': nothing,
      'packages/bio/src/index.ts': `export { nothing } from '../../tensors/src/index';`,
      'packages/bio/src/files.node.ts': `import 'node:fs';`,
      'packages/bio/src/node/index.ts': `import 'node:fs';`,
      'packages/bio/test/x.test.ts': `import 'node:fs';`,
      'apps/experiments/src/index.ts': `export { nothing } from '../../../packages/bio/src/index';`,
      'apps/cli/src/main.ts': `import 'node:fs'; import '../../experiments/src/index';`,
    },
    broken: [],
  },
  'a cycle of values': {
    files: {
      'packages/bio/src/a.ts': `import { b } from './b'; export const a = () => b;`,
      'packages/bio/src/b.ts': `import { c } from './c'; export const b = () => c;`,
      'packages/bio/src/c.ts': `import { a } from './a'; export const c = () => a;`,
    },
    broken: ['no-cycle'],
  },
  'a cycle in which one edge carries a type and a value': {
    files: {
      'packages/bio/src/a.ts': `import type { B } from './b'; import { b } from './b'; export const a = (): B => b;`,
      'packages/bio/src/b.ts': `import { a } from './a'; export type B = unknown; export const b = () => a;`,
    },
    broken: ['no-cycle'],
  },
  'a cycle through export … from': {
    files: {
      'packages/bio/src/index.ts': `export { a } from './a';`,
      'packages/bio/src/a.ts': `import * as everything from './index'; export const a = () => everything;`,
    },
    broken: ['no-cycle'],
  },
  'types that know each other, which vanish at run time': {
    files: {
      'packages/bio/src/a.ts': `import type { B } from './b'; export interface A { b: B }`,
      'packages/bio/src/b.ts': `import type { A } from './a'; export interface B { a: A }`,
    },
    broken: [],
  },
  'a leaf that imports a leaf': {
    files: {
      'packages/bio/src/index.ts': nothing,
      'packages/train/src/index.ts': `export { nothing } from '../../bio/src/index';`,
    },
    broken: ['star'],
  },
  'a leaf that imports only the types of a leaf': {
    files: {
      'packages/bio/src/index.ts': 'export type Letter = string;',
      'packages/train/src/index.ts': `import type { Letter } from '../../bio/src/index'; export type Word = Letter[];`,
    },
    broken: ['star'],
  },
  'a package that imports an app': {
    files: {
      'apps/experiments/src/index.ts': nothing,
      'packages/train/src/index.ts': `export { nothing } from '../../../apps/experiments/src/index';`,
    },
    broken: ['no-app-in-package'],
  },
  'an app that imports the command': {
    files: {
      'apps/cli/src/main.ts': nothing,
      'apps/experiments/src/index.ts': `export { nothing } from '../../cli/src/main';`,
    },
    broken: ['apps-share-only-experiments'],
  },
  'node: in a file that a browser loads': {
    files: { 'packages/bio/src/index.ts': `import { readFileSync } from 'node:fs'; export const read = readFileSync;` },
    broken: ['no-node-in-browser'],
  },
  'node: by a dynamic import': {
    files: { 'apps/experiments/src/index.ts': `export const load = () => import('node:fs');` },
    broken: ['no-node-in-browser'],
  },
  'a Node-only file in reach of a browser': {
    files: {
      'packages/bio/src/files.node.ts': `import 'node:fs'; ${nothing}`,
      'packages/bio/src/index.ts': `export const load = () => import('./files.node');`,
    },
    broken: ['no-node-file-in-browser'],
  },
  'a worker that reaches into the page': {
    files: {
      'apps/studio/src/protocol.ts': nothing,
      'apps/studio/src/page/job.ts': `export { nothing } from '../protocol';`,
      'apps/studio/src/worker/main.ts': `export { nothing } from '../page/job';`,
    },
    broken: ['page-or-worker'],
  },
  'an import that leads nowhere': {
    files: { 'packages/bio/src/index.ts': `export { lost } from './lost';` },
    broken: ['resolvable'],
  },
};

it.each(Object.entries(trees))('%s', async (_, { files, broken }) => {
  expect(await brokenRules(files)).toEqual(broken);
});
