import { sql, type Selectable } from 'kysely';
import type { Db, Schema } from '#platform/db/index.ts';
import { mcpToolConfig, type McpToolConfig, type Offer } from '../contract.ts';

type Row = Selectable<Schema['tools']>;

/** A shared tool of an attached server. */
export interface McpToolRow extends Pick<
  Row,
  'id' | 'name' | 'description' | 'approval' | 'is_active' | 'created_at' | 'updated_at'
> {
  input_schema: Offer['input_schema'];
  config: McpToolConfig;
}

const columns = [
  'id',
  'name',
  'description',
  'input_schema',
  'approval',
  'is_active',
  'config',
  'created_at',
  'updated_at',
] as const;

function tools(db: Db) {
  return db.selectFrom('tools').select(columns).where('tool_type', '=', 'mcp').where('user_id', 'is', null);
}

/** We have written it. */
function checked(row: Pick<Row, (typeof columns)[number]>): McpToolRow {
  return { ...row, config: mcpToolConfig.parse(row.config) };
}

/** In the order in which they came. */
export async function selectToolsOf(
  db: Db,
  serverId: string,
  page: { after?: string | undefined; count?: number } = {},
): Promise<McpToolRow[]> {
  const { after, count } = page;
  const rows = await tools(db)
    .where(sql`config ->> 'server_id'`, '=', serverId)
    .$if(after !== undefined, (query) => query.where('id', '>', after!))
    .$if(count !== undefined, (query) => query.limit(count!))
    .orderBy('id')
    .execute();
  return rows.map(checked);
}

export async function selectMcpTool(db: Db, id: string): Promise<McpToolRow | undefined> {
  const row = await tools(db).where('id', '=', id).executeTakeFirst();
  return row && checked(row);
}

/** The names that begin like this, anybody's: models would see two tools of one name. */
export async function selectNamesLike(db: Db, beginning: string): Promise<string[]> {
  const rows = await db
    .selectFrom('tools')
    .select('name')
    .where(sql<boolean>`starts_with(name, ${beginning})`)
    .execute();
  return rows.map(({ name }) => name);
}

export async function insertMcpTools(
  db: Db,
  rows: { id: string; name: string; offer: Offer; is_active: boolean; config: McpToolConfig }[],
): Promise<void> {
  if (rows.length === 0) return;
  await db
    .insertInto('tools')
    .values(
      rows.map(({ id, name, offer, is_active, config }) => ({
        id,
        name,
        tool_type: 'mcp' as const,
        description: offer.description,
        input_schema: JSON.stringify(offer.input_schema),
        approval: 'ask' as const,
        is_active,
        config: JSON.stringify(config),
      })),
    )
    .execute();
}

export async function updateMcpTool(
  db: Db,
  id: string,
  change: {
    config: McpToolConfig;
    is_active: boolean;
    approval?: Row['approval'] | undefined;
    /** Takes the place of the one in force. */
    offer?: Offer | undefined;
  },
): Promise<void> {
  const { config, is_active, approval, offer } = change;
  await db
    .updateTable('tools')
    .set({
      config: JSON.stringify(config),
      is_active,
      ...(approval && { approval }),
      ...(offer && {
        description: offer.description,
        input_schema: JSON.stringify(offer.input_schema),
      }),
    })
    .where('id', '=', id)
    .execute();
}

/** With the links of all who use them. */
export async function deleteToolsOf(db: Db, serverId: string): Promise<void> {
  await db
    .deleteFrom('tools')
    .where('tool_type', '=', 'mcp')
    .where('user_id', 'is', null)
    .where(sql`config ->> 'server_id'`, '=', serverId)
    .execute();
}
