import { Interruption, reasonOf } from './interruption';

/**
 * The chunks of an answer's body.
 * @param onChunk called as soon as something came
 * @throws Interruption if the connection breaks
 */
export async function* bodyOf(response: Response, url: string, onChunk?: () => void): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  for (;;) {
    const next = await reader?.read().catch((error: unknown) => {
      throw new Interruption(`${url}: the connection broke (${reasonOf(error)})`, { cause: error });
    });
    if (!next || next.done) return;
    onChunk?.();
    yield next.value;
  }
}
