import { expect, test, vi } from 'vitest';

vi.stubGlobal('location', { origin: 'https://picup.example', pathname: '/', search: '' });
const { safePath } = await import('./router.svelte');

test('after sign-in one is sent to paths of our own only', () => {
  expect(safePath('/albums/7?x=1')).toBe('/albums/7?x=1');
  for (const elsewhere of ['//evil.example', 'https://evil.example', '/\\evil.example', 'javascript:alert(1)', '', null]) {
    expect(safePath(elsewhere)).toBe('/');
  }
});
