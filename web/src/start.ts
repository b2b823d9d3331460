import './lib/design/tokens.css';
import './lib/design/base.css';
import './lib/first/first.css';
import { drawFirst } from './lib/first/draw';

/** The app is read when the first pictures are there, and in any case soon: it takes the thread that they need. */
const longestMs = 400;

const waited = new Promise((done) => setTimeout(done, longestMs));
void Promise.race([drawFirst().catch(() => undefined), waited]).then(() => import('./main'));
