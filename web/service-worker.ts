import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { build, type Plugin } from 'vite';

/**
 * Builds the service worker beside the app, as one file without a hash in its name, and tells it which files are the app.
 * In a build of its own, because not every browser lets a service worker import.
 */
export function serviceWorker(): Plugin {
  let root = '';
  let folder = '';
  return {
    name: 'service-worker',
    apply: 'build',
    configResolved: (config) => void ([root, folder] = [config.root, resolve(config.root, config.build.outDir)]),
    async writeBundle(_, bundle) {
      const unhashed = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile()).map(({ name }) => name);
      // Data, such as the coasts of trips, is fetched by who looks at it.
      const files = [...Object.keys(bundle).filter((name) => name.startsWith('assets/') && !name.endsWith('.json')), ...unhashed.filter((name) => name !== 'index.html')];
      const shell = ['/', ...files.map((name) => `/${name}`).sort()];
      const page = bundle['index.html'];
      const version = createHash('sha256').update(JSON.stringify([shell, page?.type === 'asset' ? String(page.source) : ''])).digest('hex');
      await build({
        configFile: false,
        root,
        publicDir: false,
        logLevel: 'warn',
        define: { SHELL: JSON.stringify(shell), VERSION: JSON.stringify(version.slice(0, 16)) },
        build: {
          outDir: folder,
          emptyOutDir: false,
          target: 'es2022',
          lib: { entry: 'src/service/worker.ts', formats: ['iife'], name: 'worker', fileName: () => 'service-worker.js' },
        },
      });
    },
  };
}
