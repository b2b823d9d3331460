import { api, data, whenSignedOut, type Member } from '$lib/api/client';
import { Problem } from '$lib/api/problem';
import { router, safePath } from '$lib/navigation/router.svelte';

type SignUpMode = 'open' | 'invitation' | 'closed';
type State = 'unknown' | 'in' | 'out' | 'unreachable';

let state = $state<State>('unknown');
let member = $state.raw<Member | null>(null);
let isFirstVisitor = $state(false);
let signUpMode = $state<SignUpMode>();

function begin(who: Member) {
  member = who;
  state = 'in';
}

export const session = {
  get state() {
    return state;
  },
  get member() {
    return member;
  },
  /** Nobody has an account here yet, so there is nothing to sign in to. */
  get isFirstVisitor() {
    return isFirstVisitor;
  },
  /** Who may make an account; unknown until somebody without a session has asked. */
  get signUpMode() {
    return signUpMode;
  },
  async resume() {
    try {
      begin(await data(api.GET('/api/members/me')));
    } catch (error) {
      if (error instanceof Problem && error.status === 401) await arrive();
      else state = 'unreachable';
    }
  },
  async signIn(username: string, password: string, code?: string) {
    await data(api.POST('/api/auth/sessions', { body: { username, password, ...(code && { code }) } }));
    await session.enter();
  },
  /** The server has opened a session: go to where the person wanted to be. */
  async enter() {
    begin(await data(api.GET('/api/members/me')));
    router.go(safePath(router.query.get('to')), { replace: true });
  },
  async signUp(username: string, password: string, displayName: string, invitation: string) {
    const body = { username, password, ...(displayName && { displayName }), ...(invitation && { invitation }) };
    begin(await data(api.POST('/api/members', { body })));
    isFirstVisitor = false;
    router.go('/', { replace: true });
  },
  async rename(displayName: string) {
    member = await data(api.PATCH('/api/members/me', { body: { displayName } }));
  },
  async changePassword(currentPassword: string, newPassword: string) {
    await data(api.PUT('/api/members/me/password', { body: { currentPassword, newPassword } }));
  },
  /** Deletes the account. */
  async leave(password: string) {
    await data(api.DELETE('/api/members/me', { body: { password } }));
    member = null;
    state = 'out';
    router.go('/goodbye', { replace: true });
  },
  async signOut() {
    await data(api.DELETE('/api/auth/sessions/current'));
    member = null;
    state = 'out';
    router.go('/sign-in', { replace: true });
    await lookAround().catch(() => undefined);
  },
};

async function lookAround() {
  const instance = await data(api.GET('/api/instance'));
  isFirstVisitor = instance.empty;
  signUpMode = instance.signUp as SignUpMode;
}

/** Somebody without a session opens the app: the very first one is asked to sign up, everybody else to sign in. */
async function arrive() {
  try {
    await lookAround();
  } catch {
    state = 'unreachable';
    return;
  }
  end();
  if (isFirstVisitor) router.go('/sign-up', { replace: true });
}

/** The session is over: sign in, and come back to where one was. */
function end() {
  member = null;
  state = 'out';
  if (['/sign-in', '/sign-up', '/invitation', '/goodbye'].includes(router.path)) return;
  const target = router.path + location.search;
  router.go(target === '/' ? '/sign-in' : `/sign-in?to=${encodeURIComponent(target)}`, { replace: true });
}

whenSignedOut(() => {
  // While the app opens, `resume` knows what to do about it.
  if (state !== 'in') return;
  end();
  void lookAround().catch(() => undefined);
});
