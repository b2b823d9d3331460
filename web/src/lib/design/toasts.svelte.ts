export interface Toast {
  id: number;
  text: string;
  action?: { label: string; run: () => void };
}

let lastId = 0;
const shown = $state<Toast[]>([]);

/** Ten seconds: long enough to read, decide and reach for Undo. */
const lifetimeMs = 10_000;
const mostAtOnce = 3;

export const toasts = {
  get shown() {
    return shown;
  },
  show(text: string, action?: Toast['action']) {
    const id = ++lastId;
    shown.push({ id, text, action });
    if (shown.length > mostAtOnce) shown.shift();
    setTimeout(() => toasts.dismiss(id), action ? lifetimeMs : lifetimeMs / 2);
  },
  dismiss(id: number) {
    const at = shown.findIndex((toast) => toast.id === id);
    if (at >= 0) shown.splice(at, 1);
  },
};
