import { recordOf } from './http/pairs.ts';
import type { Tool } from './tool.ts';

export interface ToolServer {
  id: string;
  /** As its tools are called by it; undefined where none tells. */
  name: string | undefined;
  tools: Tool[];
}

/** The MCP server that a tool stands for a part of. */
function serverOf({ tool_type, config }: Tool): string | undefined {
  const id = recordOf(config)['server_id'];
  return tool_type === 'mcp' && typeof id === 'string' ? id : undefined;
}

/** `notes` of the tool `notes_add`, which the server calls `add`. */
function nameIn({ name, config }: Tool): string | undefined {
  const remote = recordOf(config)['remote_name'];
  if (typeof remote !== 'string') return undefined;
  const ending = `_${remote.replaceAll(/[^A-Za-z0-9_-]+/g, '_').replaceAll(/^_+|_+$/g, '')}`;
  return name.endsWith(ending) && name !== ending ? name.slice(0, -ending.length) : undefined;
}

/** Tools that are of no user: those of the program itself, and those of each attached server, by its name. */
export function byServer(tools: readonly Tool[]): { builtIn: Tool[]; servers: ToolServer[] } {
  const builtIn = tools.filter((tool) => serverOf(tool) === undefined);
  const groups = Map.groupBy(
    tools.filter((tool) => serverOf(tool) !== undefined),
    (tool) => serverOf(tool)!,
  );
  const servers = [...groups].map(([id, ofIt]) => ({
    id,
    name: ofIt.map(nameIn).find((name) => name !== undefined),
    tools: ofIt,
  }));
  return {
    builtIn,
    servers: servers.toSorted((one, other) => (one.name ?? '').localeCompare(other.name ?? '')),
  };
}
