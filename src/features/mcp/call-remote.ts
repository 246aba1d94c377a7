import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js';
import type { JsonValue } from '#platform/db/index.ts';
import { isAppError, messageOf } from '#platform/errors/index.ts';
import type { RemoteCall } from './clients.ts';
import { isBroken, isSessionGone, isTimeout } from './connect/failures.ts';
import type { Target } from './connect/target.ts';
import { resultOf } from './result.ts';

/** Calls a tool of a server. What the server refuses is said to the model, so is that it took too long. */
export async function callRemote(
  client: Client,
  { name, timeout_s }: Target,
  { remote_name, arguments: given, signal }: Omit<RemoteCall, 'check'>,
): Promise<JsonValue> {
  const timeout = timeout_s * 1_000;
  try {
    const params = { name: remote_name, arguments: given };
    const options = { signal, timeout, maxTotalTimeout: timeout };
    return resultOf(await client.request({ method: 'tools/call', params }, CallToolResultSchema, options));
  } catch (error) {
    signal.throwIfAborted();
    if (isSessionGone(error) || isBroken(error) || isAppError(error)) throw error;
    if (!isTimeout(error)) return { error: messageOf(error).slice(0, 2_000) };
    return {
      error: `The MCP server ${name} gave no answer within ${timeout_s} s. It may have been done all the same.`,
    };
  }
}
