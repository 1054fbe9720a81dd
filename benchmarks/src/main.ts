/** `npm run bench -- [NAME ...] [--json] [--full] [--write] [--allow-missing]`: asks the questions named, or all, and prints the answers. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { attention } from './attention';
import { bilstmInference } from './bilstm-inference';
import { browser } from './browser';
import { compile } from './compile';
import { conv1d } from './conv1d';
import { discover } from './discover';
import { elementwise } from './elementwise';
import { encode } from './encode';
import { fit } from './fit';
import { growth } from './growth';
import { gru } from './gru';
import { answer } from './harness/answer';
import type { Benchmark } from './harness/benchmark';
import { asPage, asSection, whereOf } from './harness/page';
import type { Report } from './harness/result';
import { answerSurvey, type Survey } from './harness/survey';
import { hybrid } from './hybrid';
import { linearScan } from './linear-scan';
import { lstm } from './lstm';
import { matmul } from './matmul';
import { metrics } from './metrics';
import { mutagenesis } from './mutagenesis';
import { nj } from './nj';
import { ode } from './ode';
import { roofline } from './roofline';
import { scanScaling } from './scan-scaling';
import { seqlets } from './seqlets';
import { size } from './size';
import { startup } from './startup';
import { adapterLabel, closeHairpin } from './systems/hairpin';
import { closeTfjs } from './systems/tfjs';
import { tomtom } from './tomtom';

const benchmarks = [
  ...[matmul, elementwise, conv1d, lstm, gru, bilstmInference, linearScan, hybrid, attention, ode, discover],
  ...[scanScaling, fit, metrics, encode, tomtom, nj, startup, size, mutagenesis, seqlets],
];
const surveys: readonly Survey[] = [compile, roofline, growth, browser];
const questions: readonly (Benchmark | Survey)[] = [...benchmarks, ...surveys];
/** Names that benchmarks had before. */
const formerly: Readonly<Record<string, string>> = { recurrent: 'lstm', trees: 'nj' };
const page = new URL('../../docs/performance.md', import.meta.url);
const pictures = new URL('../../docs/performance/', import.meta.url);

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean' },
    full: { type: 'boolean' },
    write: { type: 'boolean' },
    'allow-missing': { type: 'boolean' },
  },
});
const names = positionals.map((name) => formerly[name] ?? name);

function choose(): (Benchmark | Survey)[] {
  const unknown = names.filter((name) => !questions.some((question) => question.name === name));
  const known = questions.map(({ name }) => name).join(', ');
  if (unknown.length > 0) throw new Error(`no benchmark ${unknown.join(', ')}; there are ${known}`);
  if (options.write && names.length > 0) throw new Error('--write writes the whole page: name no benchmark with it');
  return questions.filter(({ name }) => names.length === 0 || names.includes(name));
}

const ask = (question: Benchmark | Survey, adapter: string): Promise<Report> =>
  'survey' in question ? answerSurvey(question, options.full ? 'full' : 'short', adapter) : answer(question, adapter);

/** The page, and the pictures that it shows. */
function write(reports: readonly Report[]): void {
  writeFileSync(page, asPage(reports, new Date().toISOString().slice(0, 10)));
  mkdirSync(pictures, { recursive: true });
  for (const report of reports)
    for (const [name, svg] of Object.entries(report.pictures ?? {})) writeFileSync(new URL(name, pictures), svg);
}

function print(report: Report): void {
  console.log(`${asSection(report)}\n\n${whereOf(report)}\n`);
  if (options.json) console.log(JSON.stringify({ ...report, pictures: undefined }));
}

/** Without a peer that must be there the answer is no answer. */
function failIfIncomplete({ missing }: Report): void {
  const required = missing.filter(({ isRequired }) => isRequired);
  if (required.length === 0 || options['allow-missing']) return;
  for (const { case: name, system, reason } of required)
    console.error(`bench: ${name} is without ${system}: ${reason}`);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const reports: Report[] = [];
  for (const benchmark of choose()) {
    const report = await ask(benchmark, await adapterLabel());
    print(report);
    failIfIncomplete(report);
    reports.push(report);
  }
  if (options.write) write(reports);
}

await main().catch((error: Error) => {
  console.error(`bench: ${error.message}`);
  process.exitCode = 1;
});
await closeHairpin();
closeTfjs();
process.exit(); // a peer that fell silent may still hold the event loop
