import type { Database } from '#platform/db/index.ts';
import { route, type Caller, type RequestInfo, type Route } from '#platform/http/route.ts';
import { deleteMe, ownAccount, updateMe } from '../contract.ts';
import { deleteOwnAccount, getOwnAccount, updateOwnAccount } from '../me.ts';
import type { OnTimezoneChanged } from '../on-timezone-changed.ts';
import { undisturbed } from '../undisturbed.ts';

const common = { path: '/api/me', tag: 'Users' } as const;

export interface OwnerRules {
  /** Makes sure that it is the user who asks: signed in, and with the password where there is one. @throws AppError */
  confirmOwner(
    asking: { caller: Caller; request: Pick<RequestInfo, 'headers' | 'address'> },
    password: string | undefined,
  ): Promise<void>;
  onTimezoneChanged: OnTimezoneChanged;
}

/** The caller's own account. */
export function meRoutes(database: Database, { confirmOwner, onTimezoneChanged }: OwnerRules): Route[] {
  return [
    route(
      {
        ...common,
        method: 'get',
        scope: 'settings:read',
        summary: 'Your own account',
        responses: { 200: ownAccount },
      },
      async ({ caller }) =>
        await database.asUser(caller.user_id, async (tx) => await getOwnAccount(tx, caller.user_id)),
    ),
    route(
      {
        ...common,
        method: 'patch',
        scope: 'settings:write',
        summary: 'Change your own account',
        description:
          'With another time zone the wall-clock times of reminders and tasks that were not given one of their own are meant there; instants stay. Preferences that are not named stay as they are.',
        body: updateMe,
        responses: { 200: ownAccount },
      },
      async ({ caller, body }) =>
        await database.asUser(
          caller.user_id,
          async (tx) => await updateOwnAccount(tx, caller.user_id, body, onTimezoneChanged),
        ),
    ),
    route(
      {
        ...common,
        method: 'delete',
        scope: 'settings:write',
        summary: 'Delete your account with everything in it',
        description:
          'There is no way back: take `GET /api/me/export` first. Only signed in and with your password: an API token does not do.',
        body: deleteMe,
        responses: { 204: null },
      },
      async ({ caller, body, request }) => {
        await confirmOwner({ caller, request }, body.password);
        await undisturbed(database, async (tx) => await deleteOwnAccount(tx, caller.user_id, body.confirm));
      },
    ),
  ];
}
