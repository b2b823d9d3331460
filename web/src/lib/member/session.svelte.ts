import { api, data, whenSignedOut, type Member } from '$lib/api/client';
import { Problem } from '$lib/api/problem';
import { router, safePath } from '$lib/navigation/router.svelte';
import { libraryCache } from '../../service/shelves';
import { otherWaysIn } from './otherWaysIn.svelte';
import { rememberedMember, rememberMember } from './remembered';

type SignUpMode = 'open' | 'invitation' | 'closed';
type State = 'unknown' | 'in' | 'out' | 'unreachable';

const askAgainAfterMs = 10_000;

let state = $state<State>('unknown');
let member = $state.raw<Member | null>(null);
let isFirstVisitor = $state(false);
let signUpMode = $state<SignUpMode>();

function begin(who: Member) {
  member = who;
  state = 'in';
  rememberMember(who);
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
      else await goOnAlone();
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
    begin(await data(api.PATCH('/api/members/me', { body: { displayName } })));
  },
  async changePassword(currentPassword: string, newPassword: string) {
    await data(api.PUT('/api/members/me/password', { body: { currentPassword, newPassword } }));
  },
  async choosePassword(newPassword: string) {
    await data(api.PUT('/api/members/me/password', { body: { newPassword } }));
  },
  /** Deletes the account. Without a password where there is none. */
  async leave(password?: string) {
    await data(api.DELETE('/api/members/me', { body: password === undefined ? {} : { password } }));
    forget();
    router.go('/goodbye', { replace: true });
  },
  /** @param to where the next sign-in leads */
  async signOut(to = '/') {
    await data(api.DELETE('/api/auth/sessions/current'));
    forget();
    router.go(signInBefore(to), { replace: true });
    await lookAround().catch(() => undefined);
  },
};

async function lookAround() {
  const instance = await data(api.GET('/api/instance'));
  isFirstVisitor = instance.empty;
  signUpMode = instance.signUp as SignUpMode;
  otherWaysIn.heard(instance.otherWaysIn);
}

/**
 * The part that knows members is down. Who has a session goes on with the pictures, by the name that this browser remembers, until
 * that part is back.
 */
async function goOnAlone() {
  try {
    await data(api.GET('/api/space'));
  } catch {
    state = 'unreachable';
    return;
  }
  member = rememberedMember();
  state = 'in';
  setTimeout(() => void askAgain(), askAgainAfterMs);
}

async function askAgain() {
  if (state !== 'in') return;
  try {
    begin(await data(api.GET('/api/members/me')));
  } catch (error) {
    // A session that is over has been noticed by then.
    if (!(error instanceof Problem && error.status === 401)) setTimeout(() => void askAgain(), askAgainAfterMs);
  }
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
  forget();
  if (['/sign-in', '/sign-up', '/invitation', '/goodbye'].includes(router.path)) return;
  router.go(signInBefore(router.path + location.search), { replace: true });
}

function signInBefore(target: string) {
  return target === '/' ? '/sign-in' : `/sign-in?to=${encodeURIComponent(target)}`;
}

function forget() {
  member = null;
  state = 'out';
  rememberMember(null);
  // What was looked at is nobody else's business on this computer.
  void globalThis.caches?.delete(libraryCache);
}

whenSignedOut(() => {
  // While the app opens, `resume` knows what to do about it.
  if (state !== 'in') return;
  end();
  void lookAround().catch(() => undefined);
});
