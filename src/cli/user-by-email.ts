import { findUserByEmail, type User } from '#features/users/index.ts';
import type { Database } from '#platform/db/index.ts';
import { AppError } from '#platform/errors/index.ts';

/** @throws AppError `users.not_found` */
export async function userByEmail({ system }: Pick<Database, 'system'>, email: string): Promise<User> {
  const user = await findUserByEmail(system, email);
  if (user) return user;
  throw new AppError({
    code: 'users.not_found',
    kind: 'not_found',
    message: `There is no user with the e-mail address ${email}; ./manage user create makes one`,
  });
}
