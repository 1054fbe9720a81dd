/** Runs vitest in the foreground and returns its exit code and its JSON report (undefined if it died before writing one). */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './bootstrap.mjs';
import { foreground } from './main.mjs';

export async function runVitest(args, env) {
  const folder = mkdtempSync(join(tmpdir(), 'hairpin-test-'));
  try {
    const file = join(folder, 'report.json');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    const code = await foreground(process.execPath, [vitest, 'run', ...reporters, ...args], { env, cwd: root });
    return { code, report: existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
