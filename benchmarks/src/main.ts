/** `npm run bench -- [NAME ...] [--json] [--full] [--write] [--allow-missing]`: asks the questions named, or all, and prints the answers. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
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
import { eachApart } from './harness/apart';
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
  return questions.filter(({ name }) => names.length === 0 || names.includes(name));
}

const ask = (question: Benchmark | Survey, adapter: string): Promise<Report> =>
  'survey' in question ? answerSurvey(question, options.full ? 'full' : 'short', adapter) : answer(question, adapter);

/** The section of the page, and the pictures that it shows. */
function write(report: Report): void {
  const before = existsSync(page) ? readFileSync(page, 'utf8') : '';
  const day = new Date().toISOString().slice(0, 10);
  writeFileSync(page, asPage([report], day, { names: questions.map(({ name }) => name), before }));
  mkdirSync(pictures, { recursive: true });
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
  const chosen = choose();
  if (chosen.length > 1) return eachApart(chosen.map(({ name }) => name));
  const report = await ask(chosen[0], await adapterLabel());
  print(report);
  failIfIncomplete(report);
  if (options.write) write(report);
}

await main().catch((error: Error) => {
  console.error(`bench: ${error.message}`);
  process.exitCode = 1;
});
await closeHairpin();
closeTfjs();
process.exit(); // a peer that fell silent may still hold the event loop
