/** What is used of a page: its types are not those of Node. */
interface Page {
  readonly document: { createElement(tag: 'a'): { href: string; download: string; click(): void } };
}

/** Hands a file to the person before the page, as a download: a checkpoint or a history to keep. */
export function download(bytes: Uint8Array, name: string): void {
  const url = URL.createObjectURL(new Blob([bytes.slice()]));
  const link = (globalThis as unknown as Page).document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000); // by then the browser has begun to read it
}
