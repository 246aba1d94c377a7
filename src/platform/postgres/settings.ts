import type { Layout } from './layout.ts';

/** PostgreSQL's port number names the socket file only; no TCP port is opened. */
export const SOCKET_PORT = 5432;

/**
 * What every start passes on the command line, so that a newer version's settings reach an older data directory.
 * They win over postgresql.conf and ALTER SYSTEM: who needs to tune runs a server of their own (`DATABASE_URL`).
 */
export function serverSettings(layout: Layout): string[] {
  const settings: Record<string, string | number> = {
    listen_addresses: '',
    unix_socket_directories: layout.serverRun,
    // 0700 keeps every other user out before authentication; who gets in (this uid, root) needs the SCRAM password.
    unix_socket_permissions: '0700',
    port: SOCKET_PORT,
    password_encryption: 'scram-sha-256',
    fsync: 'on',
    full_page_writes: 'on',
    max_connections: 100,
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Memory: 19 MB PSS idle and 66 MB with 20 used connections (measured); 128 MB of buffers would double that.
    shared_buffers: '32MB',
    jit: 'off',
    // PostgreSQL 18 would start three I/O worker processes, and a launcher for logical replication.
    io_method: 'sync',
    max_logical_replication_workers: 0,
    // Server events only: a statement or a row in an error's text is content, and content stays out of logs.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
