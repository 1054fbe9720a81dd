import * as tensors from '@hairpin/tensors';
import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import * as layers from '../src/index';
import type { Case } from './cases/case';
import { contracts } from './contracts';

const guide = readFileSync(new URL('../../../docs/guides/add-a-layer.md', import.meta.url), 'utf8');

/** The block of the guide that begins with these words behind its fence. */
function block(fence: string): string {
  const start = guide.indexOf(`\`\`\`${fence}\n`);
  return guide.slice(guide.indexOf('\n', start) + 1, guide.indexOf('\n```', start) + 1);
}

/** What a module exports. */
function load(code: string): Record<string, unknown> {
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const modules: Record<string, unknown> = { '@hairpin/layers': layers, '@hairpin/tensors': tensors };
  const exported = {};
  new Function('require', 'exports', 'console', outputText)((name: string) => modules[name], exported, {
    log: () => {},
  });
  return exported;
}

describe('the layer of the guide', () => {
  const row = block('ts packages/layers/test/cases/basic.ts');
  const { cases } = load(`${block('ts')}\nexport const cases = {${row}};`);
  const [[name, samples]] = Object.entries(cases as Record<string, readonly Case[]>);

  contracts(samples.map((sample, i) => [`${name} ${i + 1}`, sample]));

  it('is in each of the four files', () => {
    expect(samples).toHaveLength(3);
    expect(block('ts packages/layers/src/index.ts')).toContain(`export { ${name} } from './squeeze-excite';`);
    expect(block('md .changeset/squeeze-excite.md')).toMatch(`'@hairpin/layers': minor\n---\n\nAdds \`${name}\``);
  });
});
