import { expect, test } from 'vitest';

import { hashPassword } from '#platform/crypto/index.ts';
import { newId } from '#platform/ids/index.ts';
import { testDatabase } from '#test/database.ts';
import { createUser } from '#test/factories.ts';
import { confirmOwner } from './confirm.ts';
import { setPasswordHash } from './passwords.ts';

const files = testDatabase();

async function owner(password?: string) {
  const { id } = await createUser(files.database.system);
  const hash = password === undefined ? undefined : await hashPassword(password);
  if (hash !== undefined) await files.database.asSystem(async (tx) => await setPasswordHash(tx, id, hash));
  const request = { headers: new Headers(), address: `10.0.0.${Math.ceil(Math.random() * 250)}` };
  return async (given: string | undefined, session_id: string | null = newId()) =>
    await confirmOwner(
      files.database,
      { caller: { user_id: id, session_id, token_id: null, scopes: [] }, request },
      given,
    );
}

test('the owner is who has signed in and knows the password', async () => {
  const confirm = await owner('correct horse battery');
  await expect(confirm('correct horse battery')).resolves.toBeUndefined();
  for (const wrong of [undefined, 'incorrect horse']) {
    await expect(confirm(wrong)).rejects.toMatchObject({ problems: [{ path: 'password' }] });
  }
});

test('an API token does not do, even with the password', async () => {
  const confirm = await owner('correct horse battery');
  await expect(confirm('correct horse battery', null)).rejects.toMatchObject({
    code: 'auth.session_required',
  });
});

test('one who has no password has signed in otherwise', async () => {
  await expect((await owner())(undefined)).resolves.toBeUndefined();
});
