import type { McpToolConfig } from './contract.ts';
import type { Offered } from './offer.ts';
import type { McpToolRow } from './queries/tools.ts';

/** What of a tool's row becomes another. */
export interface RowChange {
  id: string;
  is_active: boolean;
  config: McpToolConfig;
}

/** What follows from a server's list for the rows there are. */
export interface Reconciled {
  added: Offered[];
  changed: RowChange[];
  /** Names of tools that have another description or schema since this list. */
  newly_pending: string[];
}

/** Whether a tool can be called: the admin wants it, and there is something to call. */
export function isCallable(config: McpToolConfig, server: { is_active: boolean }): boolean {
  return server.is_active && config.is_enabled && !config.is_gone && config.problem === null;
}

function configAfter(config: McpToolConfig, offered: Offered | undefined): McpToolConfig {
  if (!offered) return { ...config, is_gone: true };
  const { offer, digest, problem } = offered;
  const isSame = digest === config.digest;
  return {
    ...config,
    is_gone: false,
    changed: !isSame,
    pending: isSame ? null : { ...offer, digest, problem },
  };
}

/**
 * Compares what a server offers with the rows of its tools. What was accepted stays in force: another description or
 * schema waits beside it. Nothing is deleted: users may have linked it, and it may come back.
 */
export function reconcile(
  rows: readonly McpToolRow[],
  offers: readonly Offered[],
  server: { is_active: boolean },
): Reconciled {
  const byName = new Map(offers.map((offered) => [offered.remote_name, offered]));
  const changed: RowChange[] = [];
  const newly_pending: string[] = [];
  for (const { id, name, is_active, config } of rows) {
    const after = configAfter(config, byName.get(config.remote_name));
    byName.delete(config.remote_name);
    const isActive = isCallable(after, server);
    if (after.pending && after.pending.digest !== config.pending?.digest) newly_pending.push(name);
    if (isActive !== is_active || JSON.stringify(after) !== JSON.stringify(config))
      changed.push({ id, is_active: isActive, config: after });
  }
  return { added: [...byName.values()], changed, newly_pending };
}
