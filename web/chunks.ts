import type { Rollup } from 'vite';

interface Context {
  getModuleInfo(id: string): Rollup.ModuleInfo | null;
}

/** All of what a module imports, with itself. */
function needs(entry: string) {
  let known: Set<string> | undefined;
  return (id: string, context: Context) => {
    if (!known) {
      known = new Set([entry]);
      for (const each of known) for (const imported of context.getModuleInfo(each)?.importedIds ?? []) known.add(imported);
    }
    return known.has(id);
  };
}

/** One file that draws the first pictures and one that is the app: not one for each part of them that some later page needs too. */
export function twoChunks(start: string, app: string) {
  const [starts, shows] = [needs(start), needs(app)];
  return [
    { name: (id: string, context: Context) => (starts(id, context) ? 'start' : null), priority: 2 },
    { name: (id: string, context: Context) => (shows(id, context) ? 'app' : null), priority: 1 },
  ];
}
