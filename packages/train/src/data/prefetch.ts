/**
 * The same values, the next of them asked for while the last one is used: files are read while the device computes. What is made
 * at once, by a plain iterable, is passed on as it comes.
 * @param ahead values asked for in advance
 */
export async function* prefetch<T>(source: Iterable<T> | AsyncIterable<T>, ahead = 2): AsyncGenerator<T> {
  if (!(Symbol.asyncIterator in source)) {
    yield* source;
    return;
  }
  const iterator = source[Symbol.asyncIterator]();
  const waiting: Promise<IteratorResult<T>>[] = [];
  const ask = () => {
    const next = iterator.next();
    next.catch(() => undefined); // it is raised where it is used
    waiting.push(next);
  };
  try {
    for (let i = 0; i < ahead; i++) ask();
    for (;;) {
      const { value, done } = await waiting.shift()!;
      if (done) return;
      ask();
      yield value;
    }
  } finally {
    await iterator.return?.();
  }
}
