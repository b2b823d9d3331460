import { mount } from 'svelte';
import App from './App.svelte';
import './lib/design/tokens.css';
import './lib/design/base.css';
import { startRouter } from './lib/navigation/router.svelte';

startRouter();
mount(App, { target: document.getElementById('app')! });
