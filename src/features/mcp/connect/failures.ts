import { StreamableHTTPError } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js';
import { ErrorCode, McpError } from '@modelcontextprotocol/sdk/types.js';
import { isAppError } from '#platform/errors/index.ts';

const CONNECTION_CLOSED: number = ErrorCode.ConnectionClosed;
const REQUEST_TIMEOUT: number = ErrorCode.RequestTimeout;

/** The server does not know our session any more (streamable HTTP, "Session Management"). */
export function isSessionGone(error: unknown): boolean {
  return error instanceof StreamableHTTPError && error.code === 404;
}

/** Whether the connection is of no use any more, as against one call that failed. */
export function isBroken(error: unknown): boolean {
  if (error instanceof McpError) return error.code === CONNECTION_CLOSED;
  if (error instanceof StreamableHTTPError || error instanceof UnauthorizedError) return true;
  if (isAppError(error)) return error.code === 'outbound.unreachable' || error.code === 'outbound.refused';
  return error instanceof Error && isOfTransport(error);
}

/** Whether one request got no answer in time. */
export function isTimeout(error: unknown): boolean {
  return error instanceof McpError && error.code === REQUEST_TIMEOUT;
}

function isOfTransport({ message }: Error): boolean {
  return message === 'Not connected' || message === 'the server has ended';
}
