export const administrator = { username: 'root', password: 'correct horse battery staple', displayName: 'Root' };

/** Signs a page in as the one who looks after the instance: its first member, who is made here when there is none. */
export async function becomeAdministrator(page) {
  const { empty } = await (await page.request.get('/api/instance')).json();
  if (empty) await page.request.post('/api/members', { data: administrator });
  const answer = await page.request.post('/api/auth/sessions', { data: administrator });
  if (answer.status() !== 201) throw new Error('The first member of this instance is another; begin with an empty one.');
}
