import { AppError } from '#platform/errors/index.ts';
import { route, type RequestInfo, type Route } from '#platform/http/route.ts';
import { isOwn } from '#platform/http/same-origin.ts';
import { rpcAnswer, rpcMessage } from './contract.ts';
import type { Answering } from './protocol.ts';

export interface McpRouteOptions {
  /** Loaded with the first message. */
  load: () => Promise<Answering>;
  publicUrl: string | undefined;
  corsOrigins: readonly string[];
}

/** `POST /mcp`: streamable HTTP of the Model Context Protocol, without sessions; other verbs are 405, as it wants. */
export function mcpRoutes({ load, publicUrl, corsOrigins }: McpRouteOptions): Route[] {
  let loading: Promise<Answering> | undefined;

  /** A browser sends its cookies from any page. */
  function requireBearer({ headers }: RequestInfo): void {
    if (/^bearer /i.test(headers.get('authorization') ?? '')) return;
    throw new AppError({
      code: 'auth.required',
      kind: 'unauthenticated',
      message: 'send an API token or an access token as bearer',
    });
  }

  /** Pages of other sites reach a loopback address too, by a name that leads there (DNS rebinding). */
  function requireKnownOrigin({ headers, host }: RequestInfo): void {
    const origin = headers.get('origin');
    if (origin === null || corsOrigins.includes(origin) || isOwn(origin, host, publicUrl)) return;
    throw new AppError({
      code: 'mcp.origin',
      kind: 'forbidden',
      message: `a page of ${origin} may not do this`,
    });
  }

  return [
    route(
      {
        method: 'post',
        path: '/mcp',
        tag: 'MCP',
        scope: 'any',
        summary: 'The MCP server (streamable HTTP)',
        description:
          'One JSON-RPC message of the Model Context Protocol a request, answered by itself: there are no sessions and ' +
          'no batches. `tools/list` shows what the token may use; each tool needs its scope. With a bearer token alone.',
        body: rpcMessage,
        responses: { 200: rpcAnswer, 202: null },
      },
      async ({ caller, body, request }) => {
        requireBearer(request);
        requireKnownOrigin(request);
        loading ??= load();
        const answering = await loading;
        const { headers, signal } = request;
        const answer = await answering({ message: body, headers, call: { caller, signal } });
        if (answer.status < 400) return answer;
        throw await refusalOf(answer);
      },
    ),
  ];
}

/** What the library refuses (a version of the protocol it does not speak), as everything here is refused. */
async function refusalOf(answer: Response): Promise<AppError> {
  const { error } = (await answer.json()) as { error?: { message?: string } };
  return new AppError({
    code: 'mcp.malformed',
    kind: 'malformed',
    message: error?.message ?? 'this is no message of MCP',
  });
}
