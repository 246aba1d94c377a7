import { Kysely, PostgresDialect } from 'kysely';

import { openPool } from '#platform/db/connection.ts';
import type { Db, Schema } from '#platform/db/index.ts';
import type { TestDatabase } from './database.ts';

/** A node of a plan as it was run. */
export interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  Plans?: PlanNode[];
}

export interface RunPlan {
  statement: string;
  nodes: PlanNode[];
  /** Pages of 8 kB that were looked at. */
  pages: number;
}

export interface Explaining {
  db: Db;
  /** The plans of all statements since the last call, those inside functions included. */
  taken(): RunPlan[];
  close(): Promise<void>;
}

function flatten(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(flatten)];
}

/** One connection as a role that tells how each statement was really run (auto_explain; needs a superuser). */
export async function explaining(test: TestDatabase, role: 'app' | 'system'): Promise<Explaining> {
  let plans: RunPlan[] = [];
  const pool = openPool(test.connection, 'famulus test plans', { max: 1 });
  const client = await pool.connect();
  client.on('notice', ({ message }) => {
    const json = message?.match(/plan:\n([^]*)$/)?.[1];
    if (json === undefined) return;
    const parsed = JSON.parse(json) as { 'Query Text': string; Plan: PlanNode };
    const pages = parsed.Plan['Shared Hit Blocks'] + parsed.Plan['Shared Read Blocks'];
    plans.push({ statement: parsed['Query Text'], nodes: flatten(parsed.Plan), pages });
  });
  await client.query(`
    load 'auto_explain';
    set auto_explain.log_min_duration = 0;
    set auto_explain.log_nested_statements = on;
    set auto_explain.log_analyze = on;
    set auto_explain.log_buffers = on;
    set auto_explain.log_timing = off;
    set auto_explain.log_format = json;
    set auto_explain.log_level = notice;
    set jit = off;
    set session authorization ${test.roles[role].name}`);
  client.release();
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  return {
    db,
    taken: () => {
      const all = plans;
      plans = [];
      return all;
    },
    close: async () => await db.destroy(),
  };
}
