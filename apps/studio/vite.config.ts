import { defineConfig } from 'vite';

export default defineConfig({
  base: './', // so that the built page works in any folder of a web server
  build: { target: 'es2022' }, // lowers `using`, which today's browsers lack
  oxc: { target: 'es2022' }, // the same for the development server
  worker: { format: 'es' },
});
