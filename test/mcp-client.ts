import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

/** What a tool has answered. */
export interface ToolAnswer<T> {
  /** What the client's model reads. */
  text: string;
  isError: boolean;
  /** The same as data; undefined where the call was refused. */
  data: T | undefined;
}

export interface McpTestClient extends AsyncDisposable {
  tools(): Promise<string[]>;
  call<T = Record<string, unknown>>(name: string, input?: Record<string, unknown>): Promise<ToolAnswer<T>>;
  client: Client;
}

/** The MCP SDK's own client at a program's `/mcp`; it checks every answer against the schema the tool has shown. */
export async function mcpClient({ url }: { url: string }, token: string): Promise<McpTestClient> {
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(
    new StreamableHTTPClientTransport(new URL(`${url}/mcp`), {
      requestInit: { headers: { authorization: `Bearer ${token}` } },
    }),
  );
  const tools = async () => (await client.listTools()).tools.map(({ name }) => name);
  // From then on it knows the schemas of the answers.
  await tools();
  return {
    client,
    tools,
    call: async <T>(name: string, input: Record<string, unknown> = {}) => {
      const { content, structuredContent, isError } = await client.callTool({ name, arguments: input });
      const text = (content as { type: string; text: string }[]).map((part) => part.text).join('');
      return { text, isError: isError === true, data: structuredContent as T | undefined };
    },
    [Symbol.asyncDispose]: async () => await client.close(),
  };
}
