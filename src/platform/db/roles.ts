import { createHash } from 'node:crypto';
import type pg from 'pg';
import { AppError } from '#platform/errors/index.ts';

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

/** Creates both roles or renews their passwords. Needs CREATEROLE. */
export async function ensureRoles(owner: pg.Client, roles: Roles): Promise<void> {
  for (const { name, password } of [roles.app, roles.system]) {
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
}
