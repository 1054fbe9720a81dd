import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Page } from 'playwright-core';
import { findChromium } from '../setup/bootstrap.mjs';
import { bundle } from './bundle.mjs';
import { outcomeKey, type Outcome } from './page';

const host = '127.0.0.1'; // counts as a secure context, as WebGPU demands

/** WebGPU on a CPU, as root too, and without a word to the outside. */
const flags = [
  '--no-sandbox',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/** Whether there is a browser to test in. */
export const hasChromium = findChromium() !== undefined;

/** Bundles `entry` (a file that calls `publish`), opens it in headless Chromium and returns what its cases came to. */
export async function runInChromium(entry: string, options: { timeoutMs: number }): Promise<Outcome> {
  const { page, url, close } = await openInChromium(entry);
  try {
    return await outcomeOf(page, url, options.timeoutMs);
  } finally {
    await close();
  }
}

/** A page in headless Chromium, and the address at which its files are served. */
export interface OpenPage {
  readonly page: Page;
  readonly url: string;
  close(): Promise<void>;
}

/** Bundles `entry` and opens an empty page in headless Chromium; at `url` is a page that loads the entry. */
export async function openInChromium(entry: string, options: Parameters<typeof bundle>[1] = {}): Promise<OpenPage> {
  const html = '<!doctype html><meta charset="utf-8"><script type="module" src="/entry.js"></script>';
  return openFiles(new Map([...(await bundle(entry, options)), ['index.html', html]]));
}

/** Opens an empty page in headless Chromium; at `url` are the files of a site, by path. */
export async function openFiles(files: ReadonlyMap<string, string | Uint8Array>): Promise<OpenPage> {
  const server = await serve(files);
  const browser = await chromium.launch({ executablePath: findChromium(), headless: true, args: flags });
  const close = async () => {
    await browser.close();
    server.close();
  };
  return { page: await browser.newPage(), url: `http://${host}:${(server.address() as AddressInfo).port}/`, close };
}

/** What the page publishes; an error while it loads, or too long a silence, is an error here. */
async function outcomeOf(page: Page, url: string, timeoutMs: number): Promise<Outcome> {
  const broken = new Promise<never>((_, reject) => page.once('pageerror', reject));
  const tooLate = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error(`the page gave no outcome in ${timeoutMs} ms`)), timeoutMs).unref();
  });
  await page.goto(url);
  return Promise.race([page.evaluate(`globalThis.${outcomeKey}`) as Promise<Outcome>, broken, tooLate]);
}

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  wasm: 'application/wasm',
};

function serve(files: ReadonlyMap<string, string | Uint8Array>): Promise<Server> {
  const server = createServer(({ url = '/' }, response) => {
    const path = url === '/' ? 'index.html' : url.slice(1);
    const text = files.get(path);
    const type = types[path.split('.').at(-1)!] ?? 'text/plain';
    response.writeHead(text === undefined ? 404 : 200, { ...isolated, 'content-type': type }).end(text);
  });
  return new Promise((resolve, reject) => server.on('error', reject).listen(0, host, () => resolve(server)));
}

/** With these a page may share memory between threads. */
const isolated = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};
