import { mount } from 'svelte';
import App from './App.svelte';
import { leadBy, startRouter } from './lib/navigation/router.svelte';
import { growPictures } from './lib/picture/grow';

startRouter();
leadBy(growPictures);
// Over plain HTTP from elsewhere browsers have none; then Picup is a page like any other.
if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  const register = () => void navigator.serviceWorker.register('/service-worker.js').catch(() => undefined);
  if (document.readyState === 'complete') register();
  else addEventListener('load', register);
}
mount(App, { target: document.getElementById('app')! });
