/** Makes a fresh clone ready to run, given Node and npm. Changes the system only where `mayInstall` says so. */
import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { checkNode, installDependencies } from './dependencies.mjs';
import { childEnvironment, circumstances, readAptSources, readText, say, takeSteps } from './machine.mjs';
import { asCommand, detectPlatform, installSteps, mayInstall } from './platform.mjs';

export const root = fileURLToPath(new URL('../..', import.meta.url));

const names = { driver: 'a software Vulkan driver (Mesa llvmpipe)', chromium: 'Chromium for the browser tests' };

/**
 * npm packages, a WebGPU adapter and, if `browser`, Chromium. Returns the environment for the program to start.
 * What cannot be had is said on stderr and the program goes on without it.
 */
export function bootstrap({ wasAsked = false, browser = false } = {}) {
  checkNode(root);
  installDependencies(root);
  if (process.env.HAIRPIN_DEVICE !== 'cpu' && process.platform === 'linux') bringDriver(wasAsked);
  if (browser && process.platform === 'linux') bringChromium(wasAsked);
  return childEnvironment();
}

function bringDriver(wasAsked) {
  if (findAdapter()) return;
  if (!bring('driver', wasAsked, 'No WebGPU adapter answers; Hairpin goes on with the CPU device.')) return;
  const adapter = findAdapter();
  say(
    adapter ? `WebGPU runs on ${adapter}` : 'The driver is installed, yet no adapter answers: on with the CPU device.',
  );
}

function bringChromium(wasAsked) {
  if (!findChromium()) bring('chromium', wasAsked, 'No Chromium is installed; the browser tests are skipped.');
}

/** Installs if that is allowed, and says what it does. True if it was installed. */
function bring(what, wasAsked, without) {
  const steps = installSteps(what, detectPlatform(readText('/etc/os-release')), readAptSources());
  const where = { ...circumstances(), wasAsked };
  if (steps.length === 0) return refuse(`${without} We know no package of this system that would help.`);
  if (!mayInstall(where)) return refuse(`${without} To change that:\n  ${asCommand(steps)}`);
  say(`installing ${names[what]}`);
  return takeSteps(steps, where.isRoot) || refuse(`${without} Installing failed; by hand:\n  ${asCommand(steps)}`);
}

function refuse(text) {
  say(text);
  return false;
}

/** The description of the adapter that Dawn finds, or undefined. */
export function findAdapter() {
  const probe = fileURLToPath(new URL('adapter.mjs', import.meta.url));
  const child = spawnSync(process.execPath, [probe], { env: childEnvironment(), encoding: 'utf8', timeout: 60_000 });
  return child.status === 0 ? child.stdout.trim() : undefined;
}

/** The path of Chromium or Chrome, or undefined. `HAIRPIN_CHROMIUM` names one that is elsewhere. */
export function findChromium(env = process.env) {
  if (env.HAIRPIN_CHROMIUM) return env.HAIRPIN_CHROMIUM;
  const folders = (env.PATH ?? '').split(delimiter);
  const commands = ['chromium', 'chromium-browser', 'google-chrome'];
  return commands.flatMap((command) => folders.map((folder) => join(folder, command))).find(existsSync);
}
