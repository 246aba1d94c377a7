import type pg from 'pg';
import { AppError } from '#platform/errors/index.ts';
import { connect, type Connection } from './connection.ts';
import { connectionAs, type Role, type Roles } from './roles.ts';

const roleNames = ['app', 'system'] as const;

/** invalid_password, invalid_authorization_specification; insufficient_privilege, undefined role at `-c role=`. */
const refused = new Set(['28P01', '28000', '42501', '22023']);

/** Whether one can connect and is this role then. */
async function canConnect(connection: Connection, { name }: Role): Promise<boolean> {
  try {
    const client = await connect(connection, 'famulus migrate');
    try {
      const { rows } = await client.query<{ name: string }>('select current_user as name');
      return rows[0]?.name === name;
    } finally {
      await client.end();
    }
  } catch (error) {
    if (refused.has((error as { code?: string }).code ?? '')) return false;
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

async function createRole(owner: pg.Client, { name, password = '' }: Role, isThere: boolean): Promise<void> {
  const role = owner.escapeIdentifier(name);
  const attributes = `login nosuperuser nocreatedb nocreaterole password ${owner.escapeLiteral(password)}`;
  try {
    await owner.query(`${isThere ? 'alter' : 'create'} role ${role} with ${attributes}`);
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

/** Roles past which row security would not hold. */
async function refuseUnsafe(owner: pg.Client, roles: Roles): Promise<void> {
  const names = roleNames.map((role) => roles[role].name);
  const { rows } = await owner.query<{ name: string }>(
    `select rolname as name from pg_roles
     where rolname = any($1) and (rolsuper or rolbypassrls
       or ($2 and rolname <> current_user and pg_has_role(rolname, current_user, 'usage')))`,
    [names, roles.mode !== 'owner'],
  );
  const [unsafe] = rows;
  if (!unsafe) return;
  const { name } = unsafe;
  throw new AppError({
    code: 'database.role_unsafe',
    kind: 'invalid',
    message:
      roles.mode === 'owner'
        ? `The database user ${name} is not bound by row security and has no other roles to work as; run as an administrator: alter role ${name} nobypassrls, or alter role ${name} createrole`
        : `The role ${name} would not be bound by row security; run as an administrator: alter role ${name} nosuperuser nobypassrls, and take it out of ${owner.user ?? 'the owner'}`,
  });
}

async function allowSchema(owner: pg.Client, { name }: Role): Promise<void> {
  const allowed = await owner.query<{ usage: boolean }>(
    `select has_schema_privilege($1, 'public', 'usage') as usage`,
    [name],
  );
  if (allowed.rows[0]?.usage === true) return;
  const grant = `grant usage on schema public to ${owner.escapeIdentifier(name)}`;
  await owner.query(grant).catch((error: unknown) => {
    throw new AppError({
      code: 'database.no_schema_usage',
      kind: 'invalid',
      message: `The role ${name} may not use the schema public; run as its owner: ${grant}`,
      cause: error,
    });
  });
}

/**
 * Finds how the two roles can be had on this server and sees to it that they can: makes them, or gives them the
 * passwords of this secret key; where the user may not, takes those it was granted; where there are none, itself.
 * @throws AppError 'database.cannot_create_roles', 'database.secret_key_differs', 'database.roles_not_granted',
 *   'database.role_unsafe', 'database.no_schema_usage'
 */
export async function findRoles(owner: pg.Client, connection: Connection, wanted: Roles): Promise<Roles> {
  const roles = await obtainRoles(owner, connection, wanted);
  await refuseUnsafe(owner, roles);
  if (roles.mode !== 'owner') for (const role of roleNames) await allowSchema(owner, roles[role]);
  return roles;
}

async function obtainRoles(owner: pg.Client, connection: Connection, wanted: Roles): Promise<Roles> {
  const { rows } = await owner.query<{
    user: string;
    may_create: boolean;
    there: string[];
    log_in: string[];
  }>(
    `select current_user as user,
            (select rolsuper or rolcreaterole from pg_roles where rolname = current_user) as may_create,
            array(select rolname::text from pg_roles where rolname = any($1)) as there,
            array(select rolname::text from pg_roles where rolname = any($1) and rolcanlogin) as log_in`,
    [roleNames.map((role) => wanted[role].name)],
  );
  const { user, may_create, there, log_in } = rows[0]!;
  const locked: Role[] = [];
  for (const role of roleNames) {
    const known = log_in.includes(wanted[role].name);
    if (known && (await canConnect(connectionAs(connection, wanted, role), wanted[role]))) continue;
    locked.push(wanted[role]);
  }
  if (locked.length === 0) return wanted;
  if (may_create) {
    for (const role of locked) {
      await refuseInUse(owner, role.name);
      await createRole(owner, role, there.includes(role.name));
    }
    return wanted;
  }
  if (there.length === 0) return { mode: 'owner', app: { name: user }, system: { name: user } };
  const granted: Roles = {
    mode: 'granted',
    app: { name: wanted.app.name },
    system: { name: wanted.system.name },
  };
  for (const role of roleNames) {
    if (await canConnect(connectionAs(connection, granted, role), granted[role])) continue;
    const [app, system] = roleNames.map((one) => owner.escapeIdentifier(wanted[one].name));
    throw new AppError({
      code: 'database.roles_not_granted',
      kind: 'invalid',
      message: `The database user ${user} may not work as ${wanted[role].name}; as an administrator, see that both roles exist and run: grant ${app}, ${system} to ${owner.escapeIdentifier(user)}`,
    });
  }
  return granted;
}
