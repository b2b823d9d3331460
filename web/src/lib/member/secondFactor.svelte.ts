import { api, data, type SecondFactor } from '$lib/api/client';

let state = $state.raw<SecondFactor>();

/** The code that the sign-in asks for beside the password. Whatever changes it takes the password once more. */
export const secondFactor = {
  get state() {
    return state;
  },
  async load() {
    state = await data(api.GET('/api/members/me/second-factor'));
  },
  /** The next to look may be another member. */
  forget() {
    state = undefined;
  },
  /** What the authenticator app must know. Nothing changes before `confirm`. */
  begin(password: string) {
    return data(api.PUT('/api/members/me/second-factor', { body: { password } }));
  },
  /** The recovery codes, which nobody can be shown again. */
  async confirm(code: string): Promise<string[]> {
    const { recoveryCodes } = await data(api.POST('/api/members/me/second-factor/confirmation', { body: { code } }));
    await secondFactor.load();
    return recoveryCodes;
  },
  async renewRecoveryCodes(password: string): Promise<string[]> {
    const { recoveryCodes } = await data(api.POST('/api/members/me/second-factor/recovery-codes', { body: { password } }));
    await secondFactor.load();
    return recoveryCodes;
  },
  async remove(password: string) {
    await data(api.POST('/api/members/me/second-factor/removal', { body: { password } }));
    await secondFactor.load();
  },
};
