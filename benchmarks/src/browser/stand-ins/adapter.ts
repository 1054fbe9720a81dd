/** A page has a GPU of its own. */
export const provideWebGpu = (): void => undefined;
