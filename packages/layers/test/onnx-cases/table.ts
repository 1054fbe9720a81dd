import { format } from 'prettier';
import { everyTest, type Verdict } from './verdict';

const words: { readonly [K in Verdict['kind']]: (verdict: Verdict & { kind: K }) => [string, string] } = {
  runs: ({ through }) => ['passed', through],
  train: ({ where }) => ['passed, in `train`', where],
  unsupported: ({ reason }) => ['unsupported', reason],
};

/** The page that lists every test; what it calls passed has been run by the tests beside it. */
export async function onnxPage(): Promise<string> {
  const tests = everyTest();
  const counts = Object.keys(words).map((kind) => tests.filter(({ verdict }) => verdict.kind === kind).length);
  const rows = tests.map(({ name, test, verdict }) => {
    const [result, how] = words[verdict.kind](verdict as never);
    return `| ${name} | ${test.nodes.map(({ op }) => op).join(', ')} | ${result} | ${how} |`;
  });
  const page = [
    '# ONNX node tests',
    `The ${tests.length} cases of ONNX' backend node tests that Hairpin is held against: ${counts[0]} pass here, ${counts[1]}`,
    `in \`train\`, and for ${counts[2]} there is nothing to run them with, which the last column explains. Two-dimensional`,
    'convolution and pooling are out of scope.\n',
    'This page is written by the tests: `npx vitest run --project cpu packages/layers/test/onnx-cases -u`.\n',
    '| test | operators | result | through, or why not |\n| --- | --- | --- | --- |',
    ...rows,
  ];
  return format(page.join('\n'), { parser: 'markdown', printWidth: 120 });
}
