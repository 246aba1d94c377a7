import type pg from 'pg';
import { AppError } from '#platform/errors/index.ts';
import type { Roles } from './roles.ts';

/** As the SQL function `tenancy()` answers it. */
interface Tenancy {
  mode: Roles['mode'];
  app: string;
  system: string;
}

export function tenancyOf({ mode, app, system }: Roles): Tenancy {
  return { mode, app: app.name, system: system.name };
}

function isSame(one: Tenancy, other: Tenancy): boolean {
  return one.mode === other.mode && one.app === other.app && one.system === other.system;
}

async function recordedTenancy(owner: pg.Client): Promise<Tenancy | undefined> {
  const { rowCount } = await owner.query(`select where to_regprocedure('tenancy()') is not null`);
  if (!rowCount) return undefined;
  const recorded = await owner.query<{ tenancy: Tenancy }>('select tenancy() as tenancy');
  return recorded.rows[0]?.tenancy;
}

/**
 * The roles to work as, given those that were found: a database changes from one way to another only while nobody works
 * on it. Until then one that is run as its owner stays so; any other way is refused.
 * @throws AppError 'database.roles_in_use'
 */
export async function rolesToUse(
  owner: pg.Client,
  found: Roles,
): Promise<{ roles: Roles; isSettled: boolean }> {
  const recorded = await recordedTenancy(owner);
  if (!recorded) return { roles: found, isSettled: false };
  if (isSame(recorded, tenancyOf(found))) return { roles: found, isSettled: true };
  const { rowCount } = await owner.query('select from live_workers()');
  if (!rowCount) return { roles: found, isSettled: false };
  if (recorded.mode === 'owner' && recorded.app === owner.user) {
    const self = { name: recorded.app };
    return { roles: { mode: 'owner', app: self, system: self }, isSettled: true };
  }
  throw new AppError({
    code: 'database.roles_in_use',
    kind: 'conflict',
    message: `Another Famulus works on this database as ${recorded.app}, and this one can't: give it the same DATABASE_URL and SECRET_KEY, or stop the other first`,
  });
}

/** What in a migration gives rights to the two roles: each such statement begins a line. */
const protection = /^(?:grant|revoke|(?:create|drop|alter) policy|select protect_table\()[^;]*;/gm;

/** The statements that give the two roles their rights, in a form that may be run again. */
export function protectionsOf(sql: string): string[] {
  return (sql.match(protection) ?? []).map((statement) =>
    statement
      .replace(/^drop policy (?!if exists)/, 'drop policy if exists ')
      .replace(/^create policy (\S+) on (\S+)/, 'drop policy if exists $1 on $2; $&'),
  );
}

/** undefined_table, undefined_column, undefined_object, undefined_function: a later migration has taken it away. */
const isGone = new Set(['42P01', '42703', '42704', '42883']);

/** Gives the database to these roles: all rights that migrations have granted, and the policies. */
export async function giveTo(owner: pg.Client, roles: Roles, protections: string[]): Promise<void> {
  await owner.query('begin');
  try {
    const tenancy = owner.escapeLiteral(JSON.stringify(tenancyOf(roles)));
    await owner.query(
      `create or replace function tenancy() returns jsonb language sql immutable parallel safe
       as ${owner.escapeLiteral(`select ${tenancy}::jsonb`)}`,
    );
    for (const statement of protections) {
      await owner.query('savepoint protection');
      await owner.query(statement).catch(async (error: unknown) => {
        if (!isGone.has((error as { code?: string }).code ?? '')) throw error;
        await owner.query('rollback to savepoint protection');
      });
    }
    await owner.query('select settle_tenancy()');
    await owner.query('commit');
  } catch (error) {
    await owner.query('rollback').catch(() => {});
    throw error;
  }
}
