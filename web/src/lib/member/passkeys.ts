import { api, data } from '$lib/api/client';

/** Whether this browser can; outside https and localhost none can. */
export const canUsePasskeys = isSecureContext && 'PublicKeyCredential' in globalThis && 'parseCreationOptionsFromJSON' in PublicKeyCredential;

/** Whether passkeys can be offered among the stored passwords of a field. */
export async function canOfferPasskeys(): Promise<boolean> {
  return canUsePasskeys && (await PublicKeyCredential.isConditionalMediationAvailable?.()) === true;
}

/** The person closed the browser's window, or took too long: nothing went wrong. */
export function wasGivenUp(error: unknown): boolean {
  return error instanceof DOMException && (error.name === 'NotAllowedError' || error.name === 'AbortError');
}

/** The authenticator has a passkey of this member already. */
export function isKnownHere(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'InvalidStateError';
}

/** Opens a session. `offered`: waits until the person picks a passkey where the browser offers it. */
export async function signInWithPasskey({ offered = false, signal }: { offered?: boolean; signal?: AbortSignal } = {}) {
  const options = await data(api.POST('/api/auth/passkey-challenges', { signal }));
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options as PublicKeyCredentialRequestOptionsJSON);
  const credential = await navigator.credentials.get({ publicKey, signal, ...(offered && { mediation: 'conditional' }) });
  await data(api.POST('/api/auth/sessions/passkey', { body: asJson(credential) }));
}

export async function addPasskey() {
  const options = await data(api.POST('/api/members/me/passkey-challenges'));
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options as PublicKeyCredentialCreationOptionsJSON);
  const credential = await navigator.credentials.create({ publicKey });
  await data(api.POST('/api/members/me/passkeys', { body: { credential: asJson(credential) } }));
}

/** As `toJSON` of the credential has it, with every byte in base64url. */
function asJson(credential: Credential | null) {
  return JSON.parse(JSON.stringify(credential));
}
