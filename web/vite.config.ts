import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { twoChunks } from './chunks.ts';
import { precompress } from './precompress.ts';
import { preloadApp } from './preload-app.ts';
import { serviceWorker } from './service-worker.ts';

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const [start, app] = [source('./src/start.ts'), source('./src/main.ts')];

export default defineConfig({
  plugins: [svelte(), preloadApp(app), serviceWorker(), precompress()],
  resolve: {
    alias: { $lib: source('./src/lib') },
    conditions: process.env.VITEST ? ['browser'] : undefined,
  },
  build: {
    outDir: 'build',
    target: ['chrome111', 'firefox115', 'safari16.4'],
    // Small assets stay files: the content policy allows data: for pictures only.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: { output: { codeSplitting: { groups: twoChunks(start, app) } } },
  },
  server: { proxy: { '/api': process.env.PICUP_URL ?? 'http://localhost:8080' } },
  test: { include: ['src/**/*.test.ts'] },
});
