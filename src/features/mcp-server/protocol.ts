import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import {
  CallToolRequestSchema,
  ListToolsRequestSchema,
  type Tool as ListedTool,
} from '@modelcontextprotocol/sdk/types.js';
import { AjvJsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/ajv-provider.js';
import type { Logger } from '#platform/log/index.ts';
import { jsonSchemaOf, type McpCall, type McpTool } from '#platform/mcp/index.ts';
import { callTool, mayUse } from './call-tool.ts';
import type { RpcMessage } from './contract.ts';

const INSTRUCTIONS =
  "A personal assistant's reminders, schedules, memory, chat and notifications, all of one user. Instants are RFC 3339; " +
  "local times are in the user's zone unless another is given.";

export interface ProtocolOptions {
  tools: readonly McpTool[];
  version: string;
  log: Logger;
}

/** One message of a client, as it came. */
export interface Asked {
  message: RpcMessage;
  headers: Headers;
  call: McpCall;
}

/** Answers messages of MCP clients, each by itself. */
export type Answering = (asked: Asked) => Promise<Response>;

function listed(tool: McpTool): ListedTool {
  const { name, title, description, hints, input, output } = tool;
  return {
    name,
    title,
    description,
    inputSchema: jsonSchemaOf(input, 'input'),
    outputSchema: jsonSchemaOf(output, 'output'),
    // What it works on is this installation, not the world.
    annotations: { ...hints, openWorldHint: false },
  };
}

/**
 * The protocol without sessions: every message is complete in itself, so any process behind one address answers any
 * of them, a restart breaks nothing, and a client that is idle costs nothing.
 */
export function createProtocol({ tools, version, log }: ProtocolOptions): Answering {
  const byName = new Map(tools.map((tool) => [tool.name, tool]));
  const shown = tools.map((tool) => ({ tool, listed: listed(tool) }));
  // One for all servers: each would make its own.
  const jsonSchemaValidator = new AjvJsonSchemaValidator();

  function serverFor(call: McpCall): McpServer {
    const made = new McpServer(
      { name: 'famulus', title: 'Famulus', version },
      { capabilities: { tools: {} }, instructions: INSTRUCTIONS, jsonSchemaValidator },
    );
    made.server.setRequestHandler(ListToolsRequestSchema, () => ({
      tools: shown.filter(({ tool }) => mayUse(tool, call)).map((entry) => entry.listed),
    }));
    made.server.setRequestHandler(
      CallToolRequestSchema,
      async ({ params }) =>
        await callTool(byName, { name: params.name, arguments: params.arguments ?? {} }, call, log),
    );
    return made;
  }

  /** Where a client waits, bytes must flow meanwhile, or something in between hangs up. */
  function isStreamed({ message, headers }: Asked): boolean {
    const name = message.method === 'tools/call' ? message.params?.['name'] : undefined;
    const waits = typeof name === 'string' && byName.get(name)?.waits === true;
    return waits && headers.get('accept')?.includes('text/event-stream') === true;
  }

  return async (asked) => {
    const { message, headers: given, call } = asked;
    const transport = new WebStandardStreamableHTTPServerTransport({
      enableJsonResponse: !isStreamed(asked),
    });
    await serverFor(call).connect(transport);
    const headers = new Headers(given);
    // Clients must take both, but one that takes JSON alone can be served as well.
    headers.set('accept', 'application/json, text/event-stream');
    const request = new Request('http://famulus/mcp', { method: 'POST', headers });
    return await transport.handleRequest(request, { parsedBody: message });
  };
}
