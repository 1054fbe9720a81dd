/** Which system package brings what, and the steps that install it. Pure: text in, steps out. Nothing here touches the machine. */

/** The names of what Hairpin may ask a system for, per package manager. */
const packages = {
  driver: {
    apt: ['libvulkan1', 'mesa-vulkan-drivers'],
    dnf: ['vulkan-loader', 'mesa-vulkan-drivers'],
    apk: ['vulkan-loader', 'mesa-vulkan-swrast'],
    pacman: ['vulkan-icd-loader', 'vulkan-swrast'],
  },
  chromium: { apt: ['chromium'], dnf: ['chromium'], apk: ['chromium'], pacman: ['chromium'] },
};

const managers = {
  debian: 'apt',
  ubuntu: 'apt',
  fedora: 'dnf',
  rhel: 'dnf',
  alpine: 'apk',
  arch: 'pacman',
};

const backportsFile = '/etc/apt/sources.list.d/bookworm-backports.list';

/**
 * What /etc/os-release says: `{ id, version, manager }`.
 * `manager` is undefined for a distribution we have no recipe for.
 */
export function detectPlatform(osRelease) {
  const fields = parseOsRelease(osRelease);
  const family = [fields.ID, ...(fields.ID_LIKE ?? '').split(' ')].find((id) => id in managers);
  return { id: fields.ID ?? 'linux', version: fields.VERSION_ID ?? '', manager: managers[family] };
}

function parseOsRelease(text) {
  const lines = text.split('\n').map((line) => line.match(/^([A-Z_]+)=(.*)$/));
  return Object.fromEntries(lines.filter(Boolean).map(([, key, value]) => [key, value.replace(/^["']|["']$/g, '')]));
}

/**
 * The steps that install `what` ('driver' or 'chromium'): `{ run: [command, ...arguments], mayFail? }` or `{ write, text }`.
 * Empty for a platform without a recipe.
 * `aptSources` is the text of the machine's apt sources; the backports are taken from the mirror named there.
 */
export function installSteps(what, platform, aptSources = '') {
  const names = packages[what][platform.manager];
  if (!names) return [];
  if (platform.manager === 'apt') return aptSteps(what, platform, names, aptSources);
  const install = {
    dnf: ['dnf', 'install', '-y'],
    apk: ['apk', 'add'],
    pacman: ['pacman', '-Sy', '--noconfirm', '--needed'],
  }[platform.manager];
  return [{ run: [...install, ...names] }];
}

function aptSteps(what, platform, names, aptSources) {
  if (what === 'chromium' && platform.id === 'ubuntu') return []; // there the package is a stub that asks for snap
  const backports = what === 'driver' && needsBackports(platform);
  const addSource = backports && !hasBackports(aptSources);
  const release = backports ? ['-t', 'bookworm-backports'] : [];
  return [
    ...(addSource ? [{ write: backportsFile, text: `${backportsLine(aptSources)}\n` }] : []),
    { run: ['apt-get', 'update', '-qq'], mayFail: true }, // one dead third-party source must not stop the rest
    { run: ['apt-get', 'install', '-qq', '-y', '--no-install-recommends', ...release, ...names] },
  ];
}

/** Debian 12 ships Mesa 22.3, which lacks a feature that Dawn requires; its backports have 25.0. */
function needsBackports({ id, version }) {
  return id === 'debian' && version === '12';
}

function hasBackports(aptSources) {
  return activeLines(aptSources).some((line) => /^(deb|Suites:)\s.*\bbookworm-backports\b/.test(line));
}

function backportsLine(aptSources) {
  return `deb ${bookwormMirror(aptSources) ?? 'http://deb.debian.org/debian'} bookworm-backports main`;
}

/** The address that serves the suite `bookworm` on this machine, from one-line or deb822 sources. */
export function bookwormMirror(aptSources) {
  const oneLine = activeLines(aptSources)
    .map((line) => line.match(/^deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s+bookworm\s/))
    .find(Boolean);
  const stanza = aptSources.split(/\n\s*\n/).find((text) => /^Suites:.*\bbookworm(\s|$)/m.test(text));
  return oneLine?.[1] ?? stanza?.match(/^URIs:\s*(\S+)/m)?.[1];
}

function activeLines(aptSources) {
  return aptSources.split('\n').filter((line) => !line.startsWith('#'));
}

/** One line that a person can paste into a shell. */
export function asCommand(steps) {
  return steps.map(stepAsCommand).join(' && ');
}

function stepAsCommand({ run, write, text }) {
  return run ? `sudo ${run.join(' ')}` : `echo '${text.trim()}' | sudo tee ${write}`;
}

/**
 * Whether we may install system packages without being asked: as root in a container, in CI, or when told to.
 * A person's own machine is never changed unasked.
 */
export function mayInstall({ isRoot, inContainer, inCI, wasAsked }) {
  return wasAsked || inCI || (isRoot && inContainer);
}
