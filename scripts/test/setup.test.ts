import { describe, expect, it } from 'vitest';
import { isAtLeast } from '../setup/dependencies.mjs';
import { asCommand, bookwormMirror, detectPlatform, installSteps, mayInstall } from '../setup/platform.mjs';
import { asLine, asTable, countTests } from '../setup/summary.mjs';

const debian12 = detectPlatform('ID=debian\nVERSION_ID="12"\n');
const debian13 = detectPlatform('ID=debian\nVERSION_ID="13"\n');
const ubuntu = detectPlatform('NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\nVERSION_ID="24.04"\n');

const oneLine = 'deb [signed-by=/k.gpg] http://mirror.example/debian bookworm main\n';
const stanza = [
  'Types: deb',
  '# a comment between the fields',
  'URIs: http://mirror.example/debian',
  'Suites: bookworm bookworm-updates',
  'Components: main',
  '',
  'Types: deb',
  'URIs: http://security.example/debian-security',
  'Suites: bookworm-security',
].join('\n');

describe('detectPlatform', () => {
  it.each([
    ['ID=debian\nVERSION_ID="12"\n', { id: 'debian', version: '12', manager: 'apt' }],
    ['ID=\'ubuntu\'\nID_LIKE=debian\nVERSION_ID="24.04"\n', { id: 'ubuntu', version: '24.04', manager: 'apt' }],
    ['ID=linuxmint\nID_LIKE="ubuntu debian"\nVERSION_ID="22"\n', { id: 'linuxmint', version: '22', manager: 'apt' }],
    ['ID="rocky"\nID_LIKE="rhel centos fedora"\nVERSION_ID="9"\n', { id: 'rocky', version: '9', manager: 'dnf' }],
    ['ID=alpine\nVERSION_ID=3.22.0\n', { id: 'alpine', version: '3.22.0', manager: 'apk' }],
    ['ID=arch\n', { id: 'arch', version: '', manager: 'pacman' }],
    ['ID=nixos\nVERSION_ID="25.05"\n', { id: 'nixos', version: '25.05', manager: undefined }],
    ['', { id: 'linux', version: '', manager: undefined }],
  ])('%j', (text, platform) => expect(detectPlatform(text)).toEqual(platform));
});

describe('the steps that bring a driver', () => {
  it('add the backports to Debian 12, from the mirror that the machine uses', () => {
    expect(installSteps('driver', debian12, stanza)[0]).toEqual({
      write: '/etc/apt/sources.list.d/bookworm-backports.list',
      text: 'deb http://mirror.example/debian bookworm-backports main\n',
    });
  });

  it('take the driver from there, for 22.3 of the release is too old', () => {
    expect(asCommand(installSteps('driver', debian12, stanza).slice(1))).toBe(
      'sudo apt-get update -qq && ' +
        'sudo apt-get install -qq -y --no-install-recommends -t bookworm-backports libvulkan1 mesa-vulkan-drivers',
    );
  });

  it.each([
    ['a line', `${oneLine}deb http://mirror.example/debian bookworm-backports main\n`],
    ['a stanza', stanza.replace('bookworm-updates', 'bookworm-updates bookworm-backports')],
  ])('leave backports alone that are there as %s', (_, sources) => {
    expect(installSteps('driver', debian12, sources).some(({ write }) => write)).toBe(false);
  });

  it('do not count a source that is commented out', () => {
    const sources = `${oneLine}# deb http://mirror.example/debian bookworm-backports main\n`;
    expect(installSteps('driver', debian12, sources)[0]).toHaveProperty('write');
  });

  it.each([debian13, ubuntu])('are a plain apt-get on $id $version', (platform) => {
    const steps = installSteps('driver', platform, '');
    expect(asCommand(steps)).not.toContain('backports');
    expect(steps.at(-1)?.run).toContain('mesa-vulkan-drivers');
  });

  it.each(['dnf', 'apk', 'pacman'])('are one command with %s', (manager) => {
    const steps = installSteps('driver', { id: 'some', version: '', manager });
    expect(steps).toHaveLength(1);
    expect(steps[0]?.run?.[0]).toBe(manager);
  });

  it('are none on a system we do not know', () => {
    expect(installSteps('driver', detectPlatform('ID=nixos'))).toEqual([]);
  });
});

describe('the steps that bring Chromium', () => {
  it('are a plain apt-get on Debian 12', () => {
    expect(asCommand(installSteps('chromium', debian12, oneLine))).toBe(
      'sudo apt-get update -qq && sudo apt-get install -qq -y --no-install-recommends chromium',
    );
  });

  it('are none on Ubuntu, whose package only asks for snap', () => {
    expect(installSteps('chromium', ubuntu)).toEqual([]);
  });
});

describe('bookwormMirror', () => {
  it.each([
    ['one line', oneLine, 'http://mirror.example/debian'],
    ['a stanza', stanza, 'http://mirror.example/debian'],
    ['security alone', 'deb http://security.example bookworm-security main', undefined],
    ['nothing', '', undefined],
  ])('reads %s', (_, sources, mirror) => expect(bookwormMirror(sources)).toBe(mirror));
});

describe('mayInstall', () => {
  const person = { isRoot: false, inContainer: false, inCI: false, wasAsked: false };

  it.each([
    ['a person', {}, false],
    ['root on a machine of its own', { isRoot: true }, false],
    ['a user in a container', { inContainer: true }, false],
    ['root in a container', { isRoot: true, inContainer: true }, true],
    ['CI', { inCI: true }, true],
    ['whoever asks for it', { wasAsked: true }, true],
  ])('%s', (_, where, allowed) => expect(mayInstall({ ...person, ...where })).toBe(allowed));
});

describe('isAtLeast', () => {
  it.each([
    ['20.19.0', true],
    ['20.18.3', false],
    ['22.0.0', true],
    ['18.20.4', false],
  ])('%s against 20.19: %s', (version, enough) => expect(isAtLeast(version, '20.19')).toBe(enough));
});

describe('the closing line', () => {
  const report = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1, testResults: [] };

  it('adds what was left to do to what was skipped', () => {
    expect(asLine(countTests(report, 1))).toBe('5 passed, 1 failed, 3 skipped');
  });

  it('counts a file that could not be loaded', () => {
    const broken = { ...report, testResults: [{ status: 'failed', assertionResults: [] }] };
    expect(countTests(broken, 1).failed).toBe(2);
  });

  it('counts a run that broke without a failed test', () => {
    expect(asLine(countTests(undefined, 1))).toBe('0 passed, 1 failed, 0 skipped');
  });
});

it('the table of the long tests has a row for each test', () => {
  const assertionResults = [{ fullName: 'a | b', status: 'passed', duration: 1234 }];
  expect(
    asTable({ testResults: [{ assertionResults }] })
      .split('\n')
      .slice(2),
  ).toEqual(['| a \\| b | passed | 1.2 |', '']);
});
