import { z } from 'zod';
import { isAppError } from '#platform/errors/index.ts';
import type { FeatureContext } from '#platform/feature/index.ts';
import { id } from '#platform/http/fields.ts';
import { decodeCursor, listQuery, page, pageOf } from '#platform/http/pagination.ts';
import { route, type Route } from '#platform/http/route.ts';
import type { McpClients } from '../clients.ts';
import * as contract from '../contract.ts';
import { selectServers } from '../queries/servers.ts';
import { requireStdio } from '../require-stdio.ts';
import { sealSecrets } from '../secrets.ts';
import {
  createServer,
  getServer,
  newServerRow,
  removeServer,
  shownServer,
  updateServer,
} from '../servers.ts';
import { one, path, scope, tag } from './shared.ts';

/** The attached servers themselves. */
export function serverRoutes(
  { database, encryption }: FeatureContext,
  clients: McpClients,
  { stdio }: { stdio: boolean },
): Route[] {
  const shown = async (serverId: string) =>
    await database.asSystem(async (tx) => await getServer(tx, serverId));

  /** A server that can't be reached is attached all the same: its error stands with it. */
  async function tryTools(serverId: string): Promise<void> {
    await clients.refresh(serverId).catch((error: unknown) => {
      if (!isAppError(error) || error.kind === 'internal') throw error;
    });
  }

  return [
    route(
      {
        method: 'get',
        path,
        tag,
        scope,
        summary: 'The attached MCP servers, newest first',
        query: listQuery,
        responses: { 200: pageOf(contract.server) },
      },
      async ({ query: { limit, cursor } }) => {
        const [before] = decodeCursor(cursor, z.tuple([id])) ?? [];
        const rows = await selectServers(database.system, { before, count: limit + 1 });
        return page(rows.map(shownServer), limit, (row) => [row.id]);
      },
    ),
    route(
      {
        method: 'post',
        path,
        tag,
        scope,
        summary: 'Attach an MCP server',
        description:
          'Over streamable HTTP, or as a program that is run on this machine. It is connected to at once and its tools are ' +
          'read; where that fails, it is attached with the status `failing` and the error. Its tools are there for ' +
          'everybody to give to their assistants, and no assistant has them by itself; calls are asked for unless the ' +
          'policy says otherwise.',
        body: contract.createServer,
        responses: { 201: contract.server },
      },
      async ({ caller, body }) => {
        if (body.transport === 'stdio') requireStdio(stdio);
        const row = await newServerRow(encryption, body);
        await database.asSystem(async (tx) => await createServer(tx, caller.user_id, row));
        if (row.is_active) await tryTools(row.id);
        return await shown(row.id);
      },
    ),
    route(
      { ...one, method: 'get', summary: 'One attached MCP server', responses: { 200: contract.server } },
      async ({ params }) => await shown(params.id),
    ),
    route(
      {
        ...one,
        method: 'patch',
        summary: 'Change an attached MCP server, or switch it off',
        description: '`headers` and `env` replace what is there as a whole; `{}` empties them.',
        body: contract.updateServer,
        responses: { 200: contract.server },
      },
      async ({ caller, params, body }) => {
        if ((body.command ?? body.args ?? body.env) !== undefined) requireStdio(stdio);
        const secrets = body.headers ?? body.env;
        const sealed = secrets && (await sealSecrets(encryption, params.id, secrets));
        const before = await shown(params.id);
        await database.asSystem(
          async (tx) => await updateServer(tx, caller.user_id, params.id, body, sealed),
        );
        const after = await shown(params.id);
        const { name: _, timeout_s: __, ...way } = body;
        if (!after.is_active || (Object.keys(way).length === 0 && before.is_active)) return after;
        await tryTools(params.id);
        return await shown(params.id);
      },
    ),
    route(
      {
        ...one,
        method: 'delete',
        summary: 'Detach an MCP server and take its tools from every assistant',
        responses: { 204: null },
      },
      async ({ caller, params }) =>
        await database.asSystem(async (tx) => await removeServer(tx, caller.user_id, params.id)),
    ),
    route(
      {
        ...one,
        path: `${path}/{id}/refresh`,
        method: 'post',
        summary: 'Connect to it and read its tools now',
        description: 'What fails stands in the answer: `status` and `error`.',
        responses: { 200: contract.server },
      },
      async ({ params }) => {
        const { is_active } = await shown(params.id);
        if (is_active) await tryTools(params.id);
        return await shown(params.id);
      },
    ),
  ];
}
