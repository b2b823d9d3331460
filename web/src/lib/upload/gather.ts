/** Litter that operating systems leave in folders; nobody means to upload it. */
const litter = /^(\..*|thumbs\.db|desktop\.ini|ehthumbs.*\.db)$/i;

export function isLitter(name: string): boolean {
  return litter.test(name);
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

async function* filesOf(entry: FileSystemEntry): AsyncGenerator<File> {
  if (isLitter(entry.name)) return;
  if (entry.isFile) yield await fileOf(entry as FileSystemFileEntry);
  else for (const child of await entriesOf(entry as FileSystemDirectoryEntry)) yield* filesOf(child);
}

/**
 * The files of a drop or paste, folders unfolded. The entries must be taken before the first await, because the
 * browser empties the transfer when the event ends.
 */
export async function gatherFiles(transfer: DataTransfer, add: (files: File[]) => void) {
  const items = [...transfer.items].filter((item) => item.kind === 'file');
  const found = items.map((item) => ({ entry: item.webkitGetAsEntry?.() ?? null, file: item.getAsFile() }));
  for (const { entry, file } of found) {
    if (entry?.isDirectory) for await (const each of filesOf(entry)) add([each]);
    else if (file && !isLitter(file.name)) add([file]);
  }
}
