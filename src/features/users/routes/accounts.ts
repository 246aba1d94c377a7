import { z } from 'zod';
import { id } from '#platform/http/fields.ts';
import { decodeCursor, listQuery, page, pageOf } from '#platform/http/pagination.ts';
import { route, type Route } from '#platform/http/route.ts';
import { deleteAccount, recordCreation, updateAccountAsAdmin, type EndAccess } from '../accounts.ts';
import { account, accountFilters, createAccount, updateAccount } from '../contract.ts';
import { accountNotFound } from '../not-found.ts';
import { selectAccounts } from '../queries/accounts.ts';
import { findUserById, type NewUser } from '../service.ts';
import type { User } from '../queries.ts';
import type { Database, Tx } from '#platform/db/index.ts';
import type { OnTimezoneChanged } from '../on-timezone-changed.ts';
import { undisturbed } from '../undisturbed.ts';

/** What the accounts' routes need of features that stand on this one. */
export interface AccountRules {
  /** Makes an account with everything every account has. */
  createUser(tx: Tx, user: NewUser, password_hash: string | null): Promise<User>;
  /** The hash of a password for this user. @throws AppError 422 with the path `password` for one that is too weak */
  hashNewPassword(password: string, owner: { email: string | null; name: string }): Promise<string>;
  endAccess: EndAccess;
  onTimezoneChanged: OnTimezoneChanged;
}

const common = { tag: 'Users', scope: 'system:admin' } as const;
const path = '/api/users';
const one = { ...common, path: '/api/users/{id}', params: z.strictObject({ id }) } as const;

/** For admins: accounts, and nothing of what is in them. */
export function accountRoutes(database: Database, rules: AccountRules): Route[] {
  return [
    route(
      {
        ...common,
        path,
        method: 'get',
        summary: 'All accounts, newest first',
        query: listQuery.extend(accountFilters),
        responses: { 200: pageOf(account) },
      },
      async ({ query: { limit, cursor, ...filter } }) => {
        const [before] = decodeCursor(cursor, z.tuple([id])) ?? [];
        const rows = await selectAccounts(database.system, filter, { before, count: limit + 1 });
        return page(rows, limit, (row) => [row.id]);
      },
    ),
    route(
      {
        ...common,
        path,
        method: 'post',
        summary: 'Make an account',
        description:
          'With an e-mail address or a `telegram_id`. Without a password nobody can sign in to it yet.',
        body: createAccount,
        responses: { 201: account },
      },
      async ({ caller, body: { password, ...input } }) => {
        const owner = { email: input.email ?? null, name: input.name };
        const hash = password === undefined ? null : await rules.hashNewPassword(password, owner);
        return await database.asSystem(async (tx) => {
          const user = await rules.createUser(tx, input, hash);
          await recordCreation(tx, caller.user_id, user);
          return user;
        });
      },
    ),
    route(
      { ...one, method: 'get', summary: 'One account', responses: { 200: account } },
      async ({ params }) => {
        const user = await findUserById(database.system, params.id);
        if (!user) throw accountNotFound();
        return user;
      },
    ),
    route(
      {
        ...one,
        method: 'patch',
        summary: 'Change an account',
        description:
          'In force within seconds. A disabled account keeps everything and goes on being reminded, but nothing opens it.',
        body: updateAccount,
        responses: { 200: account },
      },
      async ({ caller, params, body }) =>
        await database.asSystem(
          async (tx) =>
            await updateAccountAsAdmin(tx, {
              adminId: caller.user_id,
              userId: params.id,
              patch: body,
              endAccess: rules.endAccess,
              onTimezoneChanged: rules.onTimezoneChanged,
            }),
        ),
    ),
    route(
      {
        ...one,
        method: 'delete',
        summary: 'Delete an account with everything in it',
        responses: { 204: null },
      },
      async ({ caller, params }) => {
        await undisturbed(
          database,
          async (tx) => await deleteAccount(tx, { actorId: caller.user_id, userId: params.id }),
        );
      },
    ),
  ];
}
