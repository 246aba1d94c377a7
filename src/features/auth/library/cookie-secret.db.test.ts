import { expect, test } from 'vitest';
import { newId } from '#platform/ids/index.ts';
import { testDatabase } from '#test/database.ts';
import { createUser } from '#test/factories.ts';
import { createCookieSecret } from './cookie-secret.ts';

const rig = testDatabase();

/** As a process that has just started. */
const read = async () => await createCookieSecret(rig)();

async function factorsOf(user_id: string): Promise<{ enabled: boolean; factors: number; told: number }> {
  const { rows } = await rig.owner.query<{ enabled: boolean; factors: number; told: number }>(
    `select two_factor_enabled as enabled,
            (select count(*)::int from two_factors where user_id = users.id) as factors,
            (select count(*)::int from activity where user_id = users.id and type = 'auth.second_factor_lost') as told
       from users where id = $1`,
    [user_id],
  );
  return rows[0]!;
}

test('many processes make one secret', async () => {
  expect(new Set(await Promise.all(Array.from({ length: 8 }, read))).size).toBe(1);
});

test('with the secret go the second factors it encrypted, and their owners are told', async () => {
  const secret = await read();
  const { id } = await createUser(rig.database.system);
  await rig.owner.query('update users set two_factor_enabled = true where id = $1', [id]);
  await rig.owner.query(
    `insert into two_factors (id, user_id, secret, backup_codes) values ($1, $2, 'sealed', 'sealed')`,
    [newId(), id],
  );
  expect(await read()).toBe(secret);
  expect(await factorsOf(id)).toEqual({ enabled: true, factors: 1, told: 0 });

  await rig.owner.query('delete from signing_keys');
  expect(await read()).not.toBe(secret);
  expect(await factorsOf(id)).toEqual({ enabled: false, factors: 0, told: 1 });
});
