import { defineConfig } from 'vite';

export default defineConfig({
  base: './', // so that the built page works in any folder of a web server
  build: {
    target: 'es2022', // lowers `using`, which today's browsers lack
    rolldownOptions: { checks: { pluginTimings: false } }, // of course the worker's build takes most of the time
  },
  oxc: { target: 'es2022' }, // the same for the development server
  worker: { format: 'es' },
});
