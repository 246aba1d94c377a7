import type { z } from 'zod';
import { record } from '#features/activity/index.ts';
import type { Db, Tx } from '#platform/db/index.ts';
import { AppError } from '#platform/errors/index.ts';
import { fieldProblems } from '#platform/http/field-problems.ts';
import { newId } from '#platform/ids/index.ts';
import { newUser } from './contract.ts';
import { orTaken } from './taken.ts';
import { insertUser, selectUserByEmail, selectUserById, selectUsers, type User } from './queries.ts';

export type NewUser = z.input<typeof newUser>;

/** What a feature gives every new user, in the transaction that makes them. */
export type UserCreatedHook = (
  tx: Tx,
  user: { id: string; timezone: string; locale: string },
) => Promise<void>;

/**
 * Makes an account and what every account has. For the system role.
 * @throws AppError `users.email_taken`, `users.telegram_id_taken`; `users.invalid` with the path of each wrong field.
 */
export async function createUser(tx: Tx, input: NewUser, hooks: readonly UserCreatedHook[]): Promise<User> {
  const parsed = newUser.safeParse(input);
  if (!parsed.success) {
    const problems = fieldProblems(parsed.error.issues);
    const message = problems.map((problem) => `${problem.path}: ${problem.message}`).join('; ');
    throw new AppError({ code: 'users.invalid', kind: 'invalid', message, problems });
  }
  const { id = newId(), ...fields } = parsed.data;
  const user = await orTaken(async () => await insertUser(tx.db, { id, ...fields }), fields);
  for (const hook of hooks) await hook(tx, user);
  await record(tx, {
    user_id: user.id,
    actor: 'system',
    type: 'user.created',
    message: 'The account was made',
    subject: `user:${user.id}`,
    metadata: { role: user.role },
  });
  return user;
}

/** Upper and lower case make no difference. */
export async function findUserByEmail(db: Db, email: string): Promise<User | undefined> {
  return await selectUserByEmail(db, email);
}

export async function findUserById(db: Db, id: string): Promise<User | undefined> {
  return await selectUserById(db, id);
}

/** Everyone, the first account first. For the system role; another role sees itself alone. */
export async function listUsers(db: Db): Promise<User[]> {
  return await selectUsers(db);
}
