import { gallery } from './gallery';

/** The gallery as the browser draws it, for browser.test.ts to compare. */
(globalThis as Record<string, unknown>).hairpinGallery = Object.fromEntries(
  Object.entries(gallery).map(([name, draw]) => [name, draw()]),
);
