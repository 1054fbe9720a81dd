import { Command } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { registerCompare } from './compare/register';
import { registerData } from './data/register';
import { registerDiscover } from './discover/register';
import { registerExplain } from './explain/register';
import { registerList } from './list/register';
import { registerMotifs } from './motifs/register';
import { registerPredict } from './predict/register';
import { registerRun } from './run/register';
import { registerSites } from './sites/register';
import { registerTrain } from './train/register';
import { registerTree } from './tree/register';
import { registerVerify } from './verify/register';

/** What `hairpin` can do, in the order of its help: each command is a folder. */
const commands = [
  registerDiscover,
  registerTrain,
  registerPredict,
  registerExplain,
  registerMotifs,
  registerCompare,
  registerSites,
  registerTree,
  registerList,
  registerRun,
  registerVerify,
  registerData,
];

/** The `hairpin` command with all that it can do. */
export function program(): Command {
  const hairpin = new Command('hairpin')
    .description('Train a sequence model and see what it learned.')
    .version(manifest.version)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(`${inOneLine(text)}\n`) });
  for (const register of commands) register(hairpin);
  for (const command of hairpin.commands) command.version(manifest.version);
  return hairpin;
}

const inOneLine = (text: string): string =>
  text
    .trim()
    .replace(/^error: /, 'hairpin: ')
    .replaceAll('\n', ' ');
