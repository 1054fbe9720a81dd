/** A page waits without polling. */
export const isPolling: boolean = false;

/** As it comes. */
export const asleep = <T>(promise: Promise<T>): Promise<T> => promise;
