import { api, data, type Receipt, type ReceiptPage } from '$lib/api/client';

/** As many as the server gives at once. */
const pageSize = 1_000;

export async function receiptsOfMember(): Promise<Receipt[]> {
  return (await data(api.GET('/api/receipts'))).sources;
}

export function receiptPage(source: string, cursor: string | null, limit: number): Promise<ReceiptPage> {
  return data(api.GET('/api/receipts/{source}', { params: { path: { source }, query: { limit, ...(cursor !== null && { cursor }) } } }));
}

/**
 * The whole statement as a file: every page as it was signed, and the key to prove them with. Each page stands for itself, so
 * that whoever keeps the file can check it without this server.
 */
export async function statementOf(source: string): Promise<Blob> {
  const key = await data(api.GET('/api/receipts/key'));
  const pages: unknown[] = [];
  for (let cursor: string | null = null; ; ) {
    const { statement, signature, keyId, next } = await receiptPage(source, cursor, pageSize);
    pages.push({ statement, signature, keyId });
    if (next === null) break;
    cursor = next;
  }
  return new Blob([JSON.stringify({ key, pages })], { type: 'application/json' });
}

/** Hands a file that was made here to the browser. */
export function save(file: Blob, name: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // The browser has begun to read by then; revoked at once, some save nothing.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
