import { Interruption, reasonOf } from './interruption';

/** `fetch` or what stands for it. */
export type Fetch = typeof fetch;

/**
 * Asks past the browser's cache, which knows nothing of half a file.
 * @throws Interruption if nobody answers
 */
export async function get(
  url: string,
  options: { headers: Record<string, string>; signal?: AbortSignal; method?: 'GET' | 'HEAD'; fetch?: Fetch },
): Promise<Response> {
  const { fetch: ask = fetch, ...request } = options;
  const init: RequestInit & { cache: 'no-store' } = { ...request, cache: 'no-store' };
  try {
    return await ask(url, init);
  } catch (error) {
    throw new Interruption(`${url}: no answer (${reasonOf(error)}): is there a connection?`, { cause: error });
  }
}
