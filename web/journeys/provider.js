import Provider from 'oidc-provider';

/** What the server under test is told about the provider: see launcher/command/test.sh. */
export const client = { id: 'picup-journeys', secret: 'a secret of the journeys', name: 'The village' };

/** A real OpenID provider at which anybody can sign in by any name. */
export async function startProvider(port, picup) {
  const provider = new Provider(`http://localhost:${port}`, {
    clients: [{ client_id: client.id, client_secret: client.secret, redirect_uris: [`${picup}/api/auth/providers/village/callback`] }],
    claims: { openid: ['sub'], profile: ['name', 'preferred_username'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    features: { devInteractions: { enabled: true } },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, name: 'Sora Park', preferred_username: id }) }),
  });
  const server = await new Promise((listening) => {
    const started = provider.listen(port, 'localhost', () => listening(started));
  });
  return {
    stop() {
      server.closeAllConnections();
      return new Promise((closed) => server.close(closed));
    },
  };
}
