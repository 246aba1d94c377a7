import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { AppError, messageOf } from '#platform/errors/index.ts';
import { connect, type Connection } from './connection.ts';
import { checkOwner } from './check-owner.ts';
import { findRoles } from './find-roles.ts';
import type { Roles } from './roles.ts';
import { giveTo, protectionsOf, rolesToUse, tenancyOf } from './tenancy.ts';

/** Any number; the same in every process, so that one migrates at a time. */
const MIGRATION_LOCK = 461_802_345;

const OLDEST_SERVER = 150_000;

/** The migration from which on a database can be given to other roles. */
const TENANCY = '0014_tenancy';

export interface Migration {
  /** The file's name without `.sql`, e.g. `0003_primitives`. */
  name: string;
  sql: string;
  checksum: string;
}

/** Reads `NNNN_name.sql` files in order. Throws when a number is missing or taken twice. */
export async function readMigrations(directory: string): Promise<Migration[]> {
  const files = (await readdir(directory)).filter((file) => file.endsWith('.sql')).toSorted();
  return await Promise.all(
    files.map(async (file, index) => {
      if (!/^\d{4}_[a-z0-9_]+\.sql$/.test(file) || Number(file.slice(0, 4)) !== index + 1) {
        throw new AppError({
          code: 'migrations.bad_number',
          kind: 'invalid',
          message: `migrations/${file} should be number ${String(index + 1).padStart(4, '0')}, like 0001_name.sql`,
        });
      }
      const sql = await readFile(join(directory, file), 'utf8');
      return { name: file.slice(0, -4), sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

/** Another process may have created it at the same moment: as a duplicate, or as a clash within the catalogue. */
function ignoreTaken(error: unknown): void {
  if (!['42P04', '23505'].includes((error as { code?: string }).code ?? '')) throw error;
}

function refuseToCreate({ database, user }: Connection, cause: unknown): never {
  if ((cause as { code?: string }).code !== '42501') throw cause;
  throw new AppError({
    code: 'database.cannot_create',
    kind: 'invalid',
    message: `There is no database ${database}, and the user ${user} may not create it; run as an administrator: create database "${database}" owner "${user}"`,
    cause,
  });
}

/** Creates the database when the server does not have it yet. */
async function connectOrCreate(connection: Connection): Promise<pg.Client> {
  try {
    return await connect(connection, 'famulus migrate');
  } catch (error) {
    if ((error as { code?: string }).code !== '3D000') throw error;
    const maintenance = await connect({ ...connection, database: 'postgres' }, 'famulus migrate');
    try {
      await maintenance
        .query(`create database ${maintenance.escapeIdentifier(connection.database)}`)
        .catch(ignoreTaken)
        .catch((cause: unknown) => refuseToCreate(connection, cause));
    } finally {
      await maintenance.end();
    }
    return await connect(connection, 'famulus migrate');
  }
}

async function checkServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: number; name: string }>(
    `select current_setting('server_version_num')::int as version, current_setting('server_version') as name`,
  );
  const server = rows[0];
  if (server && server.version < OLDEST_SERVER) {
    throw new AppError({
      code: 'database.too_old',
      kind: 'invalid',
      message: `PostgreSQL ${server.name} is too old: Famulus needs 15 or newer`,
    });
  }
}

async function appliedMigrations(client: pg.Client): Promise<Map<string, string>> {
  await client.query(`create table if not exists migrations (
    name text primary key, checksum text not null, applied_at timestamptz not null default clock_timestamp())`);
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'select name, checksum from migrations',
  );
  return new Map(rows.map((row) => [row.name, row.checksum]));
}

/** What of `migrations` the database lacks. Throws when it has one this program does not know or knows otherwise. */
function pendingMigrations(migrations: Migration[], applied: Map<string, string>): Migration[] {
  const known = new Set(migrations.map(({ name }) => name));
  const unknown = [...applied.keys()].filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw new AppError({
      code: 'migrations.database_newer',
      kind: 'conflict',
      message: `The database was migrated by a newer Famulus (${unknown.join(', ')}): upgrade this installation`,
    });
  }
  const changed = migrations.find(
    ({ name, checksum }) => applied.has(name) && applied.get(name) !== checksum,
  );
  if (changed) {
    throw new AppError({
      code: 'migrations.changed',
      kind: 'conflict',
      message: `migrations/${changed.name}.sql was changed after it was applied: put it back and add a new migration`,
    });
  }
  return migrations.filter(({ name }) => !applied.has(name));
}

function withRoles(sql: string, client: pg.Client, roles: Roles): string {
  return sql
    .replaceAll('{{app_role}}', client.escapeIdentifier(roles.app.name))
    .replaceAll('{{system_role}}', client.escapeIdentifier(roles.system.name))
    .replaceAll('{{app_role_literal}}', client.escapeLiteral(roles.app.name))
    .replaceAll('{{tenancy_literal}}', client.escapeLiteral(JSON.stringify(tenancyOf(roles))));
}

export interface MigrateOptions {
  /** The owner: a user that may create tables. */
  connection: Connection;
  /** As they would be best: see `rolesFor`. */
  roles: Roles;
  directory: string;
  onApply?: (name: string) => void;
}

export interface Migrated {
  /** Names of the migrations applied just now. */
  applied: string[];
  /** The roles as they could be had. */
  roles: Roles;
}

/**
 * Brings the database to the program's version: creates it when missing, the roles, then each pending migration in a
 * transaction of its own. One process migrates at a time; the others wait.
 */
export async function migrate(options: MigrateOptions): Promise<Migrated> {
  const migrations = await readMigrations(options.directory);
  const client = await connectOrCreate(options.connection);
  try {
    await checkServer(client);
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await checkOwner(client);
    // Where row security holds for the owner too, this opens all rows to migrations.
    await client.query(`set app.system = 'on'`);
    const found = await findRoles(client, options.connection, options.roles);
    const { roles, isSettled } = await rolesToUse(client, found);
    const before = await appliedMigrations(client);
    const pending = pendingMigrations(migrations, before);
    for (const migration of pending) {
      options.onApply?.(migration.name);
      await applyOne(client, migration, roles);
    }
    // Only tests migrate to where there is no tenancy yet.
    if (migrations.some(({ name }) => name === TENANCY)) {
      if (before.size > 0 && !isSettled) {
        const protections = migrations.flatMap(({ sql }) => protectionsOf(withRoles(sql, client, roles)));
        await giveTo(client, roles, protections);
      } else if (pending.length > 0) {
        await client.query('select settle_tenancy()');
      }
    }
    return { applied: pending.map(({ name }) => name), roles };
  } finally {
    await client.end();
  }
}

async function applyOne(client: pg.Client, migration: Migration, roles: Roles): Promise<void> {
  try {
    await client.query('begin');
    await client.query(withRoles(migration.sql, client, roles));
    await client.query('insert into migrations (name, checksum) values ($1, $2)', [
      migration.name,
      migration.checksum,
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw new AppError({
      code: 'migrations.failed',
      kind: 'internal',
      message: `migrations/${migration.name}.sql failed and was rolled back: ${messageOf(error)}`,
      cause: error,
    });
  }
}
