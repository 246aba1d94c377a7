import { sql, type Insertable, type Selectable } from 'kysely';
import type { Tool, ToolDefinition } from '#features/tools/index.ts';
import { compiledOnce, type Db, type Schema } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';

type LinkRow = Omit<Selectable<Schema['assistant_tools']>, 'user_id'>;

/** A link with what it links to. */
export interface ToolLink extends LinkRow {
  name: string;
  tool_type: Tool['tool_type'];
  effective_approval: Tool['approval'];
}

const effectiveApproval = sql<Tool['approval']>`coalesce(link.approval, tool.approval)`;

/** Newest first, those older than the link `before`. */
export async function selectLinks(
  db: Db,
  assistantId: string,
  { before, count, toolId }: { before?: string | undefined; count: number; toolId?: string },
): Promise<ToolLink[]> {
  return await db
    .selectFrom('assistant_tools as link')
    .innerJoin('tools as tool', 'tool.id', 'link.tool_id')
    .select([
      'link.id',
      'link.assistant_id',
      'link.tool_id',
      'tool.name',
      'tool.tool_type',
      'link.sub_assistant_id',
      'link.approval',
      effectiveApproval.as('effective_approval'),
      'link.is_active',
      'link.created_at',
      'link.updated_at',
    ])
    .where('link.assistant_id', '=', assistantId)
    .$if(before !== undefined, (query) => query.where('link.id', '<', before!))
    .$if(toolId !== undefined, (query) => query.where('link.tool_id', '=', toolId!))
    .orderBy('link.id', 'desc')
    .limit(count)
    .execute();
}

const linkedTools = compiledOnce((db, { assistant_id }: { assistant_id: string }) =>
  db
    .selectFrom('assistant_tools as link')
    .innerJoin('tools as tool', 'tool.id', 'link.tool_id')
    .select([
      'tool.id',
      'tool.name',
      'tool.tool_type',
      'tool.description',
      'tool.input_schema',
      'tool.config',
      effectiveApproval.as('approval'),
      sql<string | null>`coalesce(link.sub_assistant_id, tool.assistant_id)`.as('sub_assistant_id'),
    ])
    .where('link.assistant_id', '=', assistant_id)
    .where('link.is_active', '=', true)
    .where('tool.is_active', '=', true)
    .orderBy('tool.id'),
);

/** The tools an assistant may use now, in a lasting order, so that a provider's prompt cache holds. */
export async function selectLinkedTools(db: Db, assistantId: string): Promise<ToolDefinition[]> {
  return await linkedTools(db, { assistant_id: assistantId });
}

/** Who asks whom among a user's assistants, but for one link. */
export async function selectAsking(
  db: Db,
  userId: string,
  except: { assistant_id: string; tool_id: string },
): Promise<{ from: string; to: string }[]> {
  return await db
    .selectFrom('assistant_tools as link')
    .innerJoin('tools as tool', 'tool.id', 'link.tool_id')
    .select([
      'link.assistant_id as from',
      sql<string>`coalesce(link.sub_assistant_id, tool.assistant_id)`.as('to'),
    ])
    .where('link.user_id', '=', userId)
    .where('tool.tool_type', '=', 'sub_assistant')
    .where((where) =>
      where.not(
        where.and([
          where('link.assistant_id', '=', except.assistant_id),
          where('link.tool_id', '=', except.tool_id),
        ]),
      ),
    )
    .execute();
}

export async function upsertLink(db: Db, row: Insertable<Schema['assistant_tools']>): Promise<void> {
  const { is_active, sub_assistant_id, approval } = row;
  await db
    .insertInto('assistant_tools')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['assistant_id', 'tool_id']).doUpdateSet({ is_active, sub_assistant_id, approval }),
    )
    .execute();
}

/** Whether there was one. */
export async function deleteLink(db: Db, assistantId: string, toolId: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('assistant_tools')
    .where('assistant_id', '=', assistantId)
    .where('tool_id', '=', toolId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** PostgreSQL takes 65,535 parameters a statement; a link has four. */
const LINKS_PER_STATEMENT = 5_000;

/** Links every given assistant with every given tool; links that exist stay as they are. */
export async function linkAll(
  db: Db,
  assistants: { id: string; user_id: string | null }[],
  toolIds: string[],
): Promise<void> {
  const links = assistants.flatMap(({ id, user_id }) =>
    toolIds.map((tool_id) => ({ id: newId(), user_id, assistant_id: id, tool_id })),
  );
  for (let from = 0; from < links.length; from += LINKS_PER_STATEMENT) {
    await db
      .insertInto('assistant_tools')
      .values(links.slice(from, from + LINKS_PER_STATEMENT))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/** What comes with the program: not the tools of attached MCP servers, which are shared as well. */
export async function selectBuiltInToolIds(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('tools')
    .select('id')
    .where('user_id', 'is', null)
    .where('tool_type', '<>', 'mcp')
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** Every user's secretary. For the system role. */
export async function selectSecretaries(db: Db): Promise<{ id: string; user_id: string | null }[]> {
  return await db
    .selectFrom('assistants')
    .select(['id', 'user_id'])
    .where('is_secretary', '=', true)
    .where('is_active', '=', true)
    .where('user_id', 'is not', null)
    .execute();
}
