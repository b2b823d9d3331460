import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { precompress } from './precompress.ts';
import { serviceWorker } from './service-worker.ts';

export default defineConfig({
  plugins: [svelte(), serviceWorker(), precompress()],
  resolve: {
    alias: { $lib: fileURLToPath(new URL('./src/lib', import.meta.url)) },
    conditions: process.env.VITEST ? ['browser'] : undefined,
  },
  build: {
    outDir: 'build',
    target: ['chrome111', 'firefox115', 'safari16.4'],
    // Small assets stay files: the content policy allows data: for pictures only.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  server: { proxy: { '/api': process.env.PICUP_URL ?? 'http://localhost:8080' } },
  test: { include: ['src/**/*.test.ts'] },
});
