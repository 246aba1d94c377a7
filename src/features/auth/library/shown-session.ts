import type { DeviceInfo } from '../device.ts';
import type { FullSession } from '../queries/sessions.ts';
import type { LibrarySession } from './act.ts';

/** What the library knows of a session, by its own clock. One without a cookie goes by its id. */
export function shownSession(row: FullSession): LibrarySession {
  const { address, user_agent } = row.device_info as unknown as DeviceInfo;
  return {
    id: row.id,
    userId: row.user_id,
    token: row.token ?? row.id,
    expiresAt: new Date(row.expires_at.getTime() - row.clock_offset_ms),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    ipAddress: address,
    userAgent: user_agent,
  };
}
