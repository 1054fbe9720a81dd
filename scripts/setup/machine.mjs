/** The machine as the bootstrap sees and changes it. All talk goes to stderr, so that stdout stays the program's own. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export function say(text) {
  process.stderr.write(`hairpin setup: ${text}\n`);
}

/** Runs a command with its output on stderr. True if it succeeded. */
export function run([command, ...args], options = {}) {
  const shell = process.platform === 'win32'; // npx is npx.cmd there
  const { status } = spawnSync(command, args, { stdio: ['ignore', 2, 2], shell, ...options });
  return status === 0;
}

/** The environment for a child that may use Vulkan: Mesa complains without a runtime folder. */
export function childEnvironment(env = process.env) {
  if (env.XDG_RUNTIME_DIR || process.platform !== 'linux') return env;
  const folder = join(tmpdir(), `hairpin-runtime-${process.getuid()}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return { ...env, XDG_RUNTIME_DIR: folder };
}

export function readText(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

/** All of apt's source lists as one text, one blank line between files. */
export function readAptSources() {
  const folder = '/etc/apt/sources.list.d';
  const extra = existsSync(folder) ? readdirSync(folder).filter((name) => /\.(list|sources)$/.test(name)) : [];
  return ['/etc/apt/sources.list', ...extra.map((name) => join(folder, name))].map(readText).join('\n\n');
}

/** Who runs us and where: what decides whether a system package may be installed unasked. */
export function circumstances(env = process.env) {
  return { isRoot: process.getuid?.() === 0, inContainer: isContainer(env), inCI: isSet(env.CI) };
}

function isSet(value) {
  return Boolean(value) && value !== 'false' && value !== '0';
}

function isContainer(env) {
  const marks = ['/.dockerenv', '/run/.containerenv', '/run/systemd/container'];
  return (
    isSet(env.container) || marks.some(existsSync) || /docker|kubepods|containerd|lxc/.test(readText('/proc/1/cgroup'))
  );
}

/** Takes the install steps of platform.mjs, as root or through sudo. True if all of them succeeded. */
export function takeSteps(steps, isRoot) {
  const sudo = isRoot ? [] : ['sudo', ...(process.stdin.isTTY ? [] : ['-n'])];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const take = (step) =>
    step.run ? run([...sudo, ...step.run], { env, stdio: ['inherit', 2, 2] }) : writeAsRoot(step, sudo);
  return steps.every((step) => take(step) || step.mayFail);
}

function writeAsRoot({ write, text }, sudo) {
  if (sudo.length > 0) return run([...sudo, 'tee', write], { input: text, stdio: ['pipe', 'ignore', 2] });
  writeFileSync(write, text);
  return true;
}
