import { Problem } from '$lib/api/problem';
import { toasts } from '$lib/design/toasts.svelte';
import { t } from '$lib/language/language.svelte';
import { problemText } from '$lib/language/problems';
import { isKnownHere, wasGivenUp } from './passkeys';

/** Runs changes one at a time. What needs a proof waits for `ProofDialog`, and is done again after it. */
export function waysInChanges() {
  let busy = $state('');
  let afterProof = $state<(() => void) | null>(null);

  async function run(what: string, change: () => Promise<void>, done?: string) {
    busy = what;
    try {
      await change();
      if (done) toasts.show(done);
    } catch (error) {
      if (error instanceof Problem && error.code === 'proof-needed') afterProof = () => void run(what, change, done);
      else if (isKnownHere(error)) toasts.show(t('problem.passkey-known'));
      else if (!wasGivenUp(error)) toasts.show(problemText(error));
    } finally {
      busy = '';
    }
  }

  return {
    get busy() {
      return busy;
    },
    get afterProof() {
      return afterProof;
    },
    forgetProof() {
      afterProof = null;
    },
    run,
  };
}
