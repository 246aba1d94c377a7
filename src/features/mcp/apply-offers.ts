import { notify } from '#features/notifications/index.ts';
import { adminsWithAccess } from '#features/settings/index.ts';
import { appNow } from '#platform/clock/app-now.ts';
import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Offered } from './offer.ts';
import { lockServer, updateServerRow, type ServerRow } from './queries/servers.ts';
import { insertMcpTools, selectNamesLike, selectToolsOf, updateMcpTool } from './queries/tools.ts';
import { isCallable, reconcile } from './reconcile.ts';
import { tellServer } from './servers.ts';
import { toolName } from './tool-name.ts';

async function addTools(tx: Tx, server: ServerRow, added: readonly Offered[]): Promise<void> {
  const [beginning] = toolName(server.name, '', () => false).split('_tool');
  const taken = new Set(await selectNamesLike(tx.db, beginning!));
  const rows = added.map(({ remote_name, offer, digest, problem }) => {
    const name = toolName(server.name, remote_name, (one) => taken.has(one));
    taken.add(name);
    const config = {
      server_id: server.id,
      remote_name,
      digest,
      annotations: offer.annotations,
      is_enabled: true,
      is_trusted: false,
      is_gone: false,
      problem,
      changed: false,
      pending: null,
    };
    return { id: newId(), name, offer, config, is_active: isCallable(config, server) };
  });
  await insertMcpTools(tx.db, rows);
}

/** A tool that says something else than what was accepted may have been taken over: the admins are told. */
async function tellPending(tx: Tx, server: ServerRow, names: readonly string[]): Promise<void> {
  const admins = await adminsWithAccess(tx.db);
  const message =
    `The MCP server ${server.name} describes these tools differently than before: ${names.join(', ')}. ` +
    'Every call of them is asked for until the change is accepted.';
  await notify(
    tx,
    admins.map((user_id) => ({
      user_id,
      kind: 'system' as const,
      title: 'Tools of an MCP server have changed',
      message: message.slice(0, 4_000),
      priority: 4,
      subject: `mcp_server:${server.id}`,
    })),
    { redis: false },
  );
}

/** Brings the rows of a server's tools to what it offers now. Nothing happens when it is reached otherwise meanwhile. */
export async function applyOffers(
  tx: Tx,
  { id, revision }: { id: string; revision: number },
  offers: readonly Offered[],
): Promise<void> {
  const server = await lockServer(tx.db, id);
  if (server?.revision !== revision) return;
  const { added, changed, newly_pending } = reconcile(await selectToolsOf(tx.db, id), offers, server);
  await addTools(tx, server, added);
  for (const change of changed) await updateMcpTool(tx.db, change.id, change);
  await updateServerRow(tx.db, id, { error: null, refreshed_at: await appNow(tx.db) });
  if (newly_pending.length > 0) await tellPending(tx, server, newly_pending);
  await tellServer(tx, id);
}
