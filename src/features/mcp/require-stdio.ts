import { AppError } from '#platform/errors/index.ts';

/**
 * A program that is run here can do what Famulus can: where the operator does not want that, no admin can have it.
 * @throws AppError `mcp.stdio_off`
 */
export function requireStdio(isAllowed: boolean): void {
  if (isAllowed) return;
  throw new AppError({
    code: 'mcp.stdio_off',
    kind: 'forbidden',
    message: 'Programs are not attached here (MCP_STDIO=false): only servers over HTTP',
  });
}
