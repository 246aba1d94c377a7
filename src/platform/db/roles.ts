import { createHash } from 'node:crypto';
import type pg from 'pg';
import { AppError } from '#platform/errors/index.ts';
import { connect, type Connection } from './connection.ts';

/**
 * The two log-in roles the program works as. `app` runs requests and turns and sees one tenant at a time; `system`
 * runs what serves all users. Neither owns a table. Roles are cluster-wide, so their names carry the database's.
 */
export interface Roles {
  app: { name: string; password: string };
  system: { name: string; password: string };
}

/** PostgreSQL cuts names at 63 bytes: a long database name is shortened to its start and a hash. */
function roleName(database: string, suffix: string): string {
  const name = `famulus_${database}_${suffix}`;
  if (Buffer.byteLength(name) <= 63) return name;
  const hash = createHash('sha256').update(database).digest('hex').slice(0, 12);
  return `famulus_${hash}_${suffix}`;
}

/** @param derive gives a secret for a purpose, the same every time (from SECRET_KEY). */
export function rolesFor(database: string, derive: (purpose: string) => string): Roles {
  const app = roleName(database, 'app');
  const system = roleName(database, 'system');
  return {
    app: { name: app, password: derive(`postgres role ${app}`) },
    system: { name: system, password: derive(`postgres role ${system}`) },
  };
}

/** Whether the role can log in with its password; false for a wrong one. */
async function canLogIn(owner: pg.Client, connection: Connection, role: Roles['app']): Promise<boolean> {
  const { rowCount } = await owner.query('select from pg_roles where rolname = $1 and rolcanlogin', [
    role.name,
  ]);
  if (!rowCount) return false;
  try {
    await (
      await connect({ ...connection, user: role.name, password: role.password }, 'famulus migrate')
    ).end();
    return true;
  } catch (error) {
    // invalid_password, invalid_authorization_specification
    if (['28P01', '28000'].includes((error as { code?: string }).code ?? '')) return false;
    throw error;
  }
}

/** A changed secret key changes the passwords: not under a program that works with the ones before. */
async function refuseInUse(owner: pg.Client, role: string): Promise<void> {
  const { rowCount } = await owner.query('select from pg_stat_activity where usename = $1 limit 1', [role]);
  if (!rowCount) return;
  throw new AppError({
    code: 'database.secret_key_differs',
    kind: 'conflict',
    message: 'Another Famulus works on this database with another SECRET_KEY: use the same, or stop it first',
  });
}

/**
 * Sees to it that both roles can log in: creates them, or gives them the passwords of this secret key. Needs
 * CREATEROLE for that.
 * @throws AppError 'database.cannot_create_roles', 'database.secret_key_differs'
 */
export async function ensureRoles(owner: pg.Client, connection: Connection, roles: Roles): Promise<void> {
  for (const role of [roles.app, roles.system]) {
    if (await canLogIn(owner, connection, role)) continue;
    await refuseInUse(owner, role.name);
    await createRole(owner, role);
  }
}

async function createRole(owner: pg.Client, { name, password }: Roles['app']): Promise<void> {
  const role = owner.escapeIdentifier(name);
  const attributes = `login nosuperuser nocreatedb nocreaterole password ${owner.escapeLiteral(password)}`;
  try {
    const { rowCount } = await owner.query('select from pg_roles where rolname = $1', [name]);
    await owner.query(`${rowCount ? 'alter' : 'create'} role ${role} with ${attributes}`);
    const database = owner.escapeIdentifier(owner.database ?? '');
    await owner.query(`grant connect, temporary on database ${database} to ${role}`);
  } catch (error) {
    throw new AppError({
      code: 'database.cannot_create_roles',
      kind: 'invalid',
      message: `The database user may not manage the role ${name}; run as an administrator: alter role ${owner.user} createrole`,
      cause: error,
    });
  }
}
