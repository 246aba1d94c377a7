import type pg from 'pg';
import { AppError } from '#platform/errors/index.ts';

/**
 * Whether the database's user may do what migrations need.
 * @throws AppError 'database.not_owner', 'database.cannot_create_tables'
 */
export async function checkOwner(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{
    user: string;
    database: string;
    may_create: boolean;
    table_owner: string | null;
  }>(
    `select current_user as user, current_database() as database,
            has_schema_privilege('public', 'create') as may_create,
            (select pg_get_userbyid(relowner) from pg_class
              where relnamespace = 'public'::regnamespace and relkind = 'r' and relowner <> current_user::regrole
                and relname in ('migrations', 'users')
                and not (select rolsuper from pg_roles where rolname = current_user)
              limit 1) as table_owner`,
  );
  const { user, database, may_create, table_owner } = rows[0]!;
  if (table_owner !== null) {
    throw new AppError({
      code: 'database.not_owner',
      kind: 'invalid',
      message: `The tables of the database ${database} belong to ${table_owner}: name that user in DATABASE_URL, or run as an administrator in this database: reassign owned by "${table_owner}" to "${user}"`,
    });
  }
  if (!may_create) {
    throw new AppError({
      code: 'database.cannot_create_tables',
      kind: 'invalid',
      message: `The user ${user} may not create tables in the database ${database}; run as an administrator: alter database "${database}" owner to "${user}"`,
    });
  }
}
