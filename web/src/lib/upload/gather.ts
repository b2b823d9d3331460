/** Litter that operating systems leave in folders; nobody means to upload it. */
const litter = /^(\..*|thumbs\.db|desktop\.ini|ehthumbs.*\.db)$/i;

export function isLitter(name: string): boolean {
  return litter.test(name);
}

/** A file and the folder it was in, as far as the browser tells; sidecars find their picture by it. */
export interface Found {
  file: File;
  folder: string;
}

/** As many as the server takes; of a longer path its end, which says more than its beginning. */
const mostFolderBytes = 1_024;

/** The folder of a path such as `/2024/Jeju/IMG_1.jpg`. */
export function folderOf(path: string): string {
  const names = path.split('/').slice(0, -1).filter((name) => name !== '');
  while (new TextEncoder().encode(names.join('/')).length > mostFolderBytes) names.shift();
  return names.join('/');
}

/** What a file input gives; those of a chosen folder know their path. */
export function foundIn(files: Iterable<File>): Found[] {
  return [...files].filter(({ name }) => !isLitter(name)).map((file) => ({ file, folder: folderOf(file.webkitRelativePath ?? '') }));
}

async function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** A folder's reader gives its entries in batches, and an empty one at the end. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const entries: FileSystemEntry[] = [];
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0) return entries;
    entries.push(...batch);
  }
}

async function* filesOf(entry: FileSystemEntry): AsyncGenerator<Found> {
  if (isLitter(entry.name)) return;
  if (entry.isFile) yield { file: await fileOf(entry as FileSystemFileEntry), folder: folderOf(entry.fullPath) };
  else for (const child of await entriesOf(entry as FileSystemDirectoryEntry)) yield* filesOf(child);
}

/**
 * The files of a drop or paste, folders unfolded. The entries must be taken before the first await, because the
 * browser empties the transfer when the event ends.
 */
export async function gatherFiles(transfer: DataTransfer, add: (files: Found[]) => void) {
  const items = [...transfer.items].filter((item) => item.kind === 'file');
  const found = items.map((item) => ({ entry: item.webkitGetAsEntry?.() ?? null, file: item.getAsFile() }));
  for (const { entry, file } of found) {
    if (entry?.isDirectory) for await (const each of filesOf(entry)) add([each]);
    else if (file) add(foundIn([file]));
  }
}
