import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { invalidField } from '#platform/errors/index.ts';
import { createUser, type UsersOptions } from '#features/users/index.ts';

/** What the users feature is made with where nothing but itself is tested; `endings` gets whose access was ended. */
export function usersOptions(endings: string[] = []): UsersOptions {
  return {
    createUser: async (tx, user) => await createUser(tx, user, []),
    hashNewPassword: async () => await Promise.resolve('a hash'),
    endAccess: async (_tx, user_id, why) => {
      endings.push(`${why} ${user_id}`);
      await Promise.resolve();
    },
    onTimezoneChanged: async () => await Promise.resolve(),
    confirmOwner: async (_asking, password) => {
      await Promise.resolve();
      if (password === 'wrong') throw invalidField('password', 'is wrong');
    },
    exports: {
      directory: join(tmpdir(), `famulus-exports-${process.pid}`),
      scopes: ['memory:read'],
      files: async function* () {},
    },
  };
}
