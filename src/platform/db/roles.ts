import { createHash } from 'node:crypto';
import type { Connection } from './connection.ts';

/**
 * How the two roles are had:
 * - `log_in`: both log in for themselves; the program made them.
 * - `granted`: the operator made them; the database's user logs in and takes them on.
 * - `owner`: there are none. Both are the owner, under forced row security; the setting `app.system` tells them apart.
 */
export type RoleMode = 'log_in' | 'granted' | 'owner';

export interface Role {
  name: string;
  /** Absent where nobody logs in as it. */
  password?: string;
}

/**
 * The two roles the program works as. `app` runs requests and turns and sees one tenant at a time; `system` runs what
 * serves all users. Roles are cluster-wide, so their names carry the database's.
 */
export interface Roles {
  mode: RoleMode;
  app: Role;
  system: Role;
}

/** PostgreSQL cuts names at 63 bytes: a long database name is shortened to its start and a hash. */
function roleName(database: string, suffix: string): string {
  const name = `famulus_${database}_${suffix}`;
  if (Buffer.byteLength(name) <= 63) return name;
  const hash = createHash('sha256').update(database).digest('hex').slice(0, 12);
  return `famulus_${hash}_${suffix}`;
}

/** The roles as the program likes them best. @param derive gives a secret for a purpose, the same every time. */
export function rolesFor(database: string, derive: (purpose: string) => string): Roles {
  const app = roleName(database, 'app');
  const system = roleName(database, 'system');
  return {
    mode: 'log_in',
    app: { name: app, password: derive(`postgres role ${app}`) },
    system: { name: system, password: derive(`postgres role ${system}`) },
  };
}

/** Spaces end an option and backslashes save them from it. */
function option(name: string, value: string): string {
  return `-c ${name}=${value.replaceAll(/[\\ ]/g, String.raw`\$&`)}`;
}

/**
 * How to connect as a role. What is set with the connection is its default: neither `reset role` nor `discard all`
 * undoes it.
 */
export function connectionAs(
  owner: Connection,
  { mode, ...roles }: Roles,
  role: 'app' | 'system',
): Connection {
  const { name, password } = roles[role];
  switch (mode) {
    case 'log_in':
      return { ...owner, user: name, ...(password !== undefined && { password }) };
    case 'granted':
      return { ...owner, options: option('role', name) };
    case 'owner':
      return { ...owner, options: option('app.system', role === 'system' ? 'on' : 'off') };
  }
}
