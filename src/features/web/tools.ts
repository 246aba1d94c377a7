import { z } from 'zod';
import { defineOutsideTool, type OutsideTool } from '#features/tools/index.ts';
import type { Outbound } from '#platform/outbound/index.ts';
import { readPage } from './read-page.ts';

const input = z.strictObject({
  url: z.string().min(1).max(4_000),
  offset: z.int().min(0).optional().describe('To read on in a long page'),
});

/** The page is cut off long before; this is for what is read to see that. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * The tool `web`: a page as text. What stands in it is by strangers; and an address can carry away what the model knows,
 * so that reading a page is an effect outside.
 */
export function webTool(outbound: Outbound): OutsideTool {
  const fetch = outbound.within({ total_ms: 20_000, max_bytes: MOST_BYTES });
  return defineOutsideTool({
    tool_type: 'web',
    description: 'Read a web page as text.',
    input,
    timeout_ms: 25_000,
    traits: () => ({ effect: 'outside', taints: true, after_crash: 'repeat' }),
    run: async ({ url, offset = 0 }, { locale, signal }) =>
      await readPage(fetch, { url, offset, locale, signal }),
  });
}
