import { renewSession } from '$lib/api/client';
import { Problem } from '$lib/api/problem';
import { askFor, digestOf } from './digest';
import { sendAtOnce } from './form';
import { sendResumably } from './resumable';
import type { Receipt, Send } from './sending';

/** A smaller file is quickly sent again, and one request is less than the three that pieces take. */
const atOnceBytes = 5 * 1024 * 1024;
/** A session that is refused so soon after it was renewed will be refused again. */
const renewedMs = 60_000;

/** Asks first where that is cheap, then sends: small files in one request, others in pieces. */
export const send: Send = async (sending) => {
  const sha256 = await digestOf(sending.file).catch(unreadable);
  const known = sha256 === null ? null : await askFor(sha256, sending.force);
  if (known) return known;
  const way = sending.file.size > atOnceBytes ? sendResumably : sendAtOnce;
  try {
    return await inSession(() => way(sending, sha256));
  } catch (error) {
    // A browser says of a file that it cannot read no more than of a network that is away, and that would be waited for.
    if (error instanceof Problem && error.status === 0) await sending.file.slice(0, 1).arrayBuffer().catch(unreadable);
    throw error;
  }
};

/** As often as the session runs out: a film may take longer than several. */
async function inSession(run: () => Promise<Receipt>): Promise<Receipt> {
  for (let renewedAt = -Infinity; ; renewedAt = Date.now()) {
    const sentAt = Date.now();
    try {
      return await run();
    } catch (error) {
      const signedOut = error instanceof Problem && error.status === 401;
      if (!signedOut || Date.now() - renewedAt < renewedMs || !(await renewSession(sentAt))) throw error;
    }
  }
}

/** It was moved, changed or unplugged since the person chose it; browsers then refuse to read it for good. */
function unreadable(): never {
  throw new Problem('unreadable', 400);
}
