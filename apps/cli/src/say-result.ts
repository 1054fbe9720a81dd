/** Says what came out: text for a person, and with --json an object as the last line of stdout, on which then is nothing else. */
export function sayResult(text: string, object: unknown, { json, quiet }: { json?: boolean; quiet?: boolean }): void {
  if (!json) console.log(text);
  else if (!quiet) console.error(text);
  if (json) console.log(JSON.stringify(object));
}
