import { z } from 'zod';
import type { Database } from '#platform/db/index.ts';
import { countAttempt } from '#platform/http/attempts.ts';
import { id } from '#platform/http/fields.ts';
import { decodeCursor, listQuery, page, pageOf } from '#platform/http/pagination.ts';
import { route, type Route } from '#platform/http/route.ts';
import type { Browsers } from '../../library/index.ts';
import { registrationOptions } from '../../passkeys/contract.ts';
import { relyingPartyOf } from '../../passkeys/relying-party.ts';
import * as contract from '../contract.ts';
import {
  acceptInvitation,
  checkCode,
  invitationPasskeyOptions,
  invite,
  revokeInvitation,
} from '../invitations.ts';
import type { CreateUser } from '../new-account.ts';
import { selectInvitations } from '../queries/invitations.ts';
import type { BaseUrl } from './base-url.ts';
import { joined, joinerOf } from './joiner.ts';

const tag = 'Invitations';
const path = '/api/invitations';

export function invitationRoutes(options: {
  database: Database;
  browsers: Browsers;
  createUser: CreateUser;
  baseUrl: BaseUrl;
}): Route[] {
  const { database, browsers, baseUrl } = options;
  return [
    route(
      {
        method: 'get',
        path,
        tag,
        scope: 'system:admin',
        summary: 'Invitations of all admins, newest first; never their codes',
        query: listQuery,
        responses: { 200: pageOf(contract.invitation) },
      },
      async ({ query: { limit, cursor } }) => {
        const [before] = decodeCursor(cursor, z.tuple([id])) ?? [];
        const rows = await selectInvitations(database.system, { before, count: limit + 1 });
        return page(rows, limit, (row) => [row.id]);
      },
    ),
    route(
      {
        method: 'post',
        path,
        tag,
        scope: 'system:admin',
        summary: 'Invite somebody; the answer is the only time its code is shown',
        body: contract.invitationRequest,
        responses: { 201: contract.madeInvitation },
      },
      async ({ caller, body, request }) => {
        const made = await database.asSystem(async (tx) => await invite(tx, caller.user_id, body));
        return { ...made, url: `${baseUrl(request)}/invite#code=${made.code}` };
      },
    ),
    route(
      {
        method: 'delete',
        path: `${path}/{id}`,
        params: z.strictObject({ id }),
        tag,
        scope: 'system:admin',
        summary: 'Revoke an invitation that nobody has accepted yet',
        responses: { 204: null },
      },
      async ({ caller, params }) =>
        await database.asSystem(async (tx) => await revokeInvitation(tx, caller.user_id, params.id)),
    ),
    route(
      {
        method: 'post',
        path: `${path}/accept`,
        tag,
        scope: null,
        summary: 'Make the account an invitation is for',
        description: 'A page of ours gets the session cookie with the answer.',
        body: contract.acceptRequest,
        responses: { 201: contract.newAccount },
      },
      async ({ body, request }) => {
        const { address } = request;
        await countAttempt(database, { action: 'invitation', address, account: body.email });
        const who = joinerOf(request, browsers);
        return await joined(201, await acceptInvitation(options, who, body), who.joiner, browsers);
      },
    ),
    route(
      {
        method: 'post',
        path: `${path}/check`,
        tag,
        scope: null,
        summary: 'Whether an invitation can still be accepted, and what it is for',
        body: contract.invitationCheck,
        responses: { 200: contract.openInvitation },
      },
      async ({ body, request }) => {
        await countAttempt(database, { action: 'invitation-check', address: request.address });
        const { email, role, expires_at } = await checkCode(database, body.code);
        return { email, role, expires_at };
      },
    ),
    route(
      {
        method: 'post',
        path: `${path}/passkey-options`,
        tag,
        scope: null,
        summary: 'What a browser needs to make the passkey of an invited account',
        description: 'For the same address in `POST /api/invitations/accept`, once, within five minutes.',
        body: contract.invitationPasskeyRequest,
        responses: { 200: registrationOptions },
      },
      async ({ body, request }) => {
        const { address } = request;
        await countAttempt(database, { action: 'invitation-passkey', address, account: body.email });
        const party = relyingPartyOf(request, browsers.public_url);
        return Response.json(await invitationPasskeyOptions(database, party, body));
      },
    ),
  ];
}
