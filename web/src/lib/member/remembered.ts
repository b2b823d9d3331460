import type { Member } from '$lib/api/client';

const storageKey = 'picup.member';

/** Who was here last, for when nobody can be asked. */
export function rememberedMember(): Member | null {
  try {
    const kept = JSON.parse(localStorage.getItem(storageKey) ?? 'null');
    return typeof kept?.id === 'string' && typeof kept.username === 'string' && typeof kept.displayName === 'string' ? kept : null;
  } catch {
    return null; // somebody wrote another thing there
  }
}

/** `null` when the session is over: the next at this browser may be another. */
export function rememberMember(member: Member | null) {
  if (member) localStorage.setItem(storageKey, JSON.stringify(member));
  else localStorage.removeItem(storageKey);
}
