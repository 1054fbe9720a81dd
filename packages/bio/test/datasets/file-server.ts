import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** A file as a server has it, and how the server is to fail. */
export interface ServedFile {
  bytes: Uint8Array;
  etag?: string;
  lastModified?: string;
  /** Whether it serves parts, true unless said. */
  ranges?: boolean;
  /** How many bytes of the body the n-th request gets before the connection is cut; all where undefined. */
  cut?: (request: number) => number | undefined;
  /** What the n-th request is answered instead; the file where undefined. */
  status?: (request: number) => number | undefined;
  headers?: Record<string, string>;
  /** How many bytes of the file the client has: what it has not read when a connection breaks is lost to it. */
  arrived?: () => number;
  /** Whether the body comes in pieces of 20 kB with pauses of 5 ms. */
  slowly?: boolean;
  /** Whether the length is left out. */
  chunked?: boolean;
}

/** What a request asked for. */
export interface Asked {
  method: string;
  range?: string;
  ifRange?: string;
}

/** A server of one file on this machine. Change `file` to change the file. */
export class FileServer {
  readonly asked: Asked[] = [];
  url = '';
  readonly #server = createServer((request, response) => this.#answer(request, response));

  private constructor(public file: ServedFile) {}

  static async of(file: ServedFile): Promise<FileServer> {
    const server = new FileServer(file);
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    server.url = `http://127.0.0.1:${(server.#server.address() as AddressInfo).port}/file`;
    return server;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { range, 'if-range': ifRange } = request.headers;
    this.asked.push({ method: request.method!, ...(range && { range }), ...(ifRange && { ifRange: String(ifRange) }) });
    const n = this.asked.length;
    const status = this.file.status?.(n);
    if (status !== undefined) return void response.writeHead(status, this.file.headers).end();
    this.#send(request, response, this.file.cut?.(n));
  }

  #send(request: IncomingMessage, response: ServerResponse, cut: number | undefined): void {
    const { bytes, etag, lastModified, headers, chunked } = this.file;
    const [from, to] = this.#range(request);
    const isPart = from !== undefined;
    if (isPart && from >= bytes.length) {
      return void response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end();
    }
    const body = bytes.subarray(from ?? 0, to);
    response.writeHead(isPart ? 206 : 200, {
      ...(isPart && { 'content-range': `bytes ${from}-${from + body.length - 1}/${bytes.length}` }),
      ...(!chunked && { 'content-length': body.length }),
      ...(etag && { etag }),
      ...(lastModified && { 'last-modified': lastModified }),
      ...headers,
    });
    if (this.file.slowly) return void this.#sendSlowly(response, body);
    if (cut === undefined || cut >= body.length) return void response.end(body);
    response.write(body.subarray(0, cut));
    void this.#breakOff(response, (from ?? 0) + cut);
  }

  async #sendSlowly(response: ServerResponse, body: Uint8Array): Promise<void> {
    for (let at = 0; at < body.length && !response.destroyed; at += 20_000) {
      response.write(body.subarray(at, at + 20_000));
      await pause(5);
    }
    response.end();
  }

  async #breakOff(response: ServerResponse, sent: number): Promise<void> {
    const { arrived = () => sent } = this.file;
    for (let waited = 0; arrived() < sent && waited < 4000; waited++) await pause(5);
    setTimeout(() => response.destroy(), 5);
  }

  #range({ headers }: IncomingMessage): [number?, number?] {
    const { ranges = true, etag, lastModified, bytes } = this.file;
    const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '') ?? [];
    const version = headers['if-range'];
    if (!ranges || from === undefined) return [];
    if (version !== undefined && version !== etag && version !== lastModified) return [];
    return [Number(from), to ? Number(to) + 1 : bytes.length];
  }
}
