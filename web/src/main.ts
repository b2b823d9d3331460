import { mount } from 'svelte';
import App from './App.svelte';
import './lib/design/tokens.css';
import './lib/design/base.css';
import { leadBy, startRouter } from './lib/navigation/router.svelte';
import { growPictures } from './lib/picture/grow';

startRouter();
leadBy(growPictures);
// Over plain HTTP from elsewhere browsers have none; then Picup is a page like any other.
if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  addEventListener('load', () => void navigator.serviceWorker.register('/service-worker.js').catch(() => undefined));
}
mount(App, { target: document.getElementById('app')! });
