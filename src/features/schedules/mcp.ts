import type { Database } from '#platform/db/index.ts';
import { instant } from '#platform/http/fields.ts';
import { pageOf } from '#platform/http/pagination.ts';
import { listInput, mcpTool, READS, type McpTool } from '#platform/mcp/index.ts';
import { preview, previewRequest, upcoming } from './contract.ts';
import { previewFor, upcomingPage } from './upcoming.ts';

const scope = 'reminders:read';

/** What will fire, for MCP clients. */
export function scheduleMcpTools(database: Database): McpTool[] {
  return [
    mcpTool(
      {
        name: 'schedule_list',
        title: 'What will fire',
        description:
          'Everything of the user that will fire, soonest first; with until every time up to then.',
        scope,
        hints: READS,
        input: listInput.extend({
          until: instant.optional().describe('Every time up to this instant'),
          from: instant.optional().describe('With until: no time before this instant'),
        }),
        output: pageOf(upcoming),
      },
      async (wanted, { caller: { user_id } }) =>
        await upcomingPage(database.readAs(user_id), user_id, wanted),
    ),
    mcpTool(
      {
        name: 'schedule_preview',
        title: 'When a rule would fire',
        description: 'The next instants of a cron expression, RRULE, local time or words; nothing is saved.',
        scope,
        hints: READS,
        input: previewRequest,
        output: preview,
      },
      async (body, { caller: { user_id } }) =>
        await database.asUser(user_id, async (tx) => await previewFor(tx, user_id, body)),
    ),
  ];
}
