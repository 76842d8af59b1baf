import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** `larkcron start` beside which `vite ui` serves the pages while they are worked on. */
const CONSOLE = 'http://127.0.0.1:8420';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    // light-dark() stays as it is written: the browsers of the last two years know it
    target: ['chrome125', 'firefox125', 'safari17.5'],
    rolldownOptions: {
      // faults of modules that are looked at and left out again
      onLog: (level, log, handle) => {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE' && log.code !== 'EVAL') handle(level, log);
      },
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: Object.fromEntries(
      ['/api', '/drawing', '/metrics'].map((path) => [
        path,
        // the console answers only to its own origin
        { target: CONSOLE, changeOrigin: true, headers: { origin: CONSOLE } },
      ]),
    ),
  },
});
