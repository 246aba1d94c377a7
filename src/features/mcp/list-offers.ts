import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { ListToolsResultSchema } from '@modelcontextprotocol/sdk/types.js';
import { isBroken, isSessionGone } from './connect/failures.ts';
import { asUnreachable } from './connect/open.ts';
import type { Target } from './connect/target.ts';
import { offeredBy, type Offered } from './offer.ts';

const LIST_MS = 20_000;
/** Of one server: more no assistant can use, and no admin look through. */
const MAX_TOOLS = 200;
const MAX_PAGES = 50;

/** What a server offers; `more` when that is more than is taken. */
interface Listed {
  offers: Offered[];
  more: boolean;
}

/** All tools a server offers now, each name once. @throws AppError `mcp.unreachable` for what is no such list */
export async function listOffers(client: Client, target: Pick<Target, 'name'>): Promise<Listed> {
  try {
    return await readPages(client);
  } catch (error) {
    throw isSessionGone(error) || isBroken(error) ? error : asUnreachable(target, error);
  }
}

async function readPages(client: Client): Promise<Listed> {
  const offers = new Map<string, Offered>();
  let cursor: string | undefined;
  for (let pages = 0; pages < MAX_PAGES; pages++) {
    const params = cursor === undefined ? {} : { cursor };
    // Not `listTools`, which compiles the schemas of answers that strangers wrote.
    const { tools, nextCursor } = await client.request(
      { method: 'tools/list', params },
      ListToolsResultSchema,
      { timeout: LIST_MS, maxTotalTimeout: LIST_MS },
    );
    for (const tool of tools) {
      if (offers.size >= MAX_TOOLS) return { offers: [...offers.values()], more: true };
      if (tool.name.length <= 200 && !offers.has(tool.name)) offers.set(tool.name, offeredBy(tool));
    }
    cursor = nextCursor;
    if (cursor === undefined) break;
  }
  return { offers: [...offers.values()], more: cursor !== undefined };
}
