import { record } from '#features/activity/index.ts';
import { tellAdmins } from '#features/settings/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Encryption } from '#platform/encryption/index.ts';
import { AppError, invalidField } from '#platform/errors/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { CreateServer, ServerShown, UpdateServer } from './contract.ts';
import {
  deleteServerRow,
  insertServer,
  isNameTaken,
  lockServer,
  selectCounted,
  updateServerRow,
  type ServerCounted,
  type ServerRow,
} from './queries/servers.ts';
import { deleteToolsOf, selectToolsOf, updateMcpTool } from './queries/tools.ts';
import { isCallable } from './reconcile.ts';
import { sealSecrets } from './secrets.ts';

/** Hinted with the id behind it when a server is reached otherwise, switched off or gone. */
export const serverTopic = (id: string) => `mcp:${id}`;

export function noSuchServer(): AppError {
  return new AppError({
    code: 'mcp.no_such_server',
    kind: 'not_found',
    message: 'There is no such MCP server',
  });
}

function nameTaken(name: string): AppError {
  return new AppError({
    code: 'mcp.name_taken',
    kind: 'conflict',
    message: `There is already an MCP server named ${name}`,
    problems: [{ path: 'name', message: 'is taken' }],
  });
}

/** A server as the API shows it: its secrets by their names alone. */
export function shownServer({
  secrets: _,
  secrets_sealed_by: __,
  revision: ___,
  ...row
}: ServerCounted): ServerShown {
  const isConnected = row.error === null && row.refreshed_at !== null;
  const status = row.is_active ? (isConnected ? 'connected' : 'failing') : 'disabled';
  return { ...row, status };
}

/** @throws AppError `mcp.no_such_server` */
export async function getServer(tx: Tx, id: string): Promise<ServerShown> {
  const found = await selectCounted(tx.db, id);
  if (!found) throw noSuchServer();
  return shownServer(found);
}

/** The admins' screens, and the log of who did it. */
async function tell(
  tx: Tx,
  adminId: string,
  { id, name }: Pick<ServerRow, 'id' | 'name'>,
  done: 'attached' | 'changed' | 'removed',
): Promise<void> {
  await tellServer(tx, id);
  await record(tx, {
    user_id: adminId,
    actor: 'user',
    type: `mcp_server.${done}`,
    message: `The MCP server ${name} was ${done}`,
    subject: `mcp_server:${id}`,
  });
}

/** The admins' screens alone. */
export async function tellServer(tx: Tx, server_id: string): Promise<void> {
  await tellAdmins(tx, {
    type: 'mcp_server.updated',
    subject: `mcp_server:${server_id}`,
    payload: { server_id },
  });
}

/** What is stored of a new server; seals, so before the transaction. */
export async function newServerRow(encryption: Encryption, input: CreateServer) {
  const id = newId();
  const { name, timeout_s, is_active, transport } = input;
  const secrets = await sealSecrets(encryption, id, transport === 'http' ? input.headers : input.env);
  const way =
    transport === 'http' ? { url: input.url } : { command: input.command, args: JSON.stringify(input.args) };
  return { id, name, timeout_s, is_active, transport, ...way, ...secrets };
}

/** @throws AppError `mcp.name_taken` */
export async function createServer(
  tx: Tx,
  adminId: string,
  row: Awaited<ReturnType<typeof newServerRow>>,
): Promise<void> {
  const made = await insertServer(tx.db, row);
  if (!made) throw nameTaken(row.name);
  await tell(tx, adminId, made, 'attached');
}

function requireOwnFields({ transport }: Pick<ServerRow, 'transport'>, change: UpdateServer): void {
  const others = transport === 'http' ? (['command', 'args', 'env'] as const) : (['url', 'headers'] as const);
  const given = others.find((field) => change[field] !== undefined);
  if (given) throw invalidField(given, `is not for a server of transport ${transport}`);
}

/**
 * Changes what is given; `sealed` are the new secrets, where some are. Another way to reach it ends the connections to it.
 * @throws AppError `mcp.no_such_server`, `mcp.name_taken`, 422 for fields of the other transport
 */
export async function updateServer(
  tx: Tx,
  adminId: string,
  id: string,
  change: UpdateServer,
  sealed: Awaited<ReturnType<typeof sealSecrets>> | undefined,
): Promise<void> {
  const before = await lockServer(tx.db, id);
  if (!before) throw noSuchServer();
  requireOwnFields(before, change);
  const { name, is_active, timeout_s, url, command, args } = change;
  if (name !== undefined && (await isNameTaken(tx.db, name, id))) throw nameTaken(name);
  const way = { ...(url !== undefined && { url }), ...(command !== undefined && { command }) };
  const isElsewhere = Object.keys(way).length > 0 || args !== undefined || sealed !== undefined;
  const isSwitched = is_active !== undefined && is_active !== before.is_active;
  await updateServerRow(tx.db, id, {
    ...way,
    ...sealed,
    ...(name !== undefined && { name }),
    ...(timeout_s !== undefined && { timeout_s }),
    ...(is_active !== undefined && { is_active }),
    ...(args !== undefined && { args: JSON.stringify(args) }),
    ...((isElsewhere || isSwitched) && { revision: before.revision + 1 }),
  });
  if (isSwitched) await switchTools(tx, id, is_active);
  if (isElsewhere || isSwitched) tx.hint(serverTopic(id));
  await tell(tx, adminId, { id, name: name ?? before.name }, 'changed');
}

async function switchTools(tx: Tx, serverId: string, isActive: boolean): Promise<void> {
  for (const { id, config, is_active } of await selectToolsOf(tx.db, serverId)) {
    const callable = isCallable(config, { is_active: isActive });
    if (callable !== is_active) await updateMcpTool(tx.db, id, { config, is_active: callable });
  }
}

/** Takes its tools from every assistant. @throws AppError `mcp.no_such_server` */
export async function removeServer(tx: Tx, adminId: string, id: string): Promise<void> {
  const server = await lockServer(tx.db, id);
  if (!server) throw noSuchServer();
  await deleteToolsOf(tx.db, id);
  await deleteServerRow(tx.db, id);
  tx.hint(serverTopic(id));
  await tell(tx, adminId, server, 'removed');
}
