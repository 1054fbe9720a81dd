import type { DatasetSource } from './dataset';

/** A place in a repository. @param commit as known, usually its first 12 digits */
export function github(repository: string, commit: string, path?: string): DatasetSource {
  const place = path === undefined ? '' : `${path}, `;
  return { what: `GitHub ${repository}, ${place}commit ${commit}`, address: `https://github.com/${repository}` };
}

/** A Debian package. @param path where in its documentation or data */
export function debian(name: string, version: string, path?: string): DatasetSource {
  const place = path === undefined ? '' : `, ${path}`;
  return { what: `Debian package ${name} ${version}${place}`, address: `https://packages.debian.org/${name}` };
}

/** Addresses of files at a commit (all 40 digits, since abbreviated ones are not served) by their names in the set's folder. */
export function rawFiles(
  repository: string,
  commit: string,
  files: Readonly<Record<string, string>>,
): Record<string, string> {
  const root = `https://raw.githubusercontent.com/${repository}/${commit}`;
  return Object.fromEntries(Object.entries(files).map(([name, path]) => [name, `${root}/${path}`]));
}
