/** The click that ends a drag opens nothing. */
export function swallowClick() {
  addEventListener('click', swallow, { capture: true, once: true });
  setTimeout(() => removeEventListener('click', swallow, { capture: true }));
}

function swallow(event: Event) {
  event.preventDefault();
  event.stopPropagation();
}
