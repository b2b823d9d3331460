import type { HtmlTagDescriptor, Plugin, Rollup } from 'vite';

/**
 * Has the page fetch the app beside the little that draws the first pictures (`src/start.ts`), which imports the app when these are there. As
 * preloads and not as modules: a browser would compile those at once, on the very thread that draws.
 */
export function preloadApp(entry: string): Plugin {
  return {
    name: 'preload-app',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(page, { bundle }) {
        const chunks = Object.values(bundle ?? {}).filter((part) => part.type === 'chunk');
        const app = chunks.find(({ moduleIds }) => moduleIds.includes(entry));
        if (!app) throw new Error(`the build has no chunk of ${entry}`);
        const needed = new Set<Rollup.OutputChunk>();
        const need = (chunk: Rollup.OutputChunk) => {
          if (needed.has(chunk)) return;
          needed.add(chunk);
          for (const name of chunk.imports) need(chunks.find(({ fileName }) => fileName === name)!);
        };
        need(app);
        const styles = [...needed].flatMap((chunk) => [...(chunk.viteMetadata?.importedCss ?? [])]);
        const tags = [...[...needed].map(({ fileName }) => preload(fileName, 'script')), ...styles.map((name) => preload(name, 'style'))];
        return tags.filter(({ attrs }) => !page.includes(`${attrs?.href}`));
      },
    },
  };
}

function preload(fileName: string, as: 'script' | 'style'): HtmlTagDescriptor {
  return { tag: 'link', attrs: { rel: 'preload', as, crossorigin: true, href: `/${fileName}` }, injectTo: 'head' };
}
