import type { Overrides } from '#app/config.ts';
import { tenantsLine } from '#app/database.ts';
import type { Db } from '#platform/db/index.ts';
import type { Roles } from '#platform/db/roles.ts';
import { serverFacts, userOf } from '#platform/db/server-facts.ts';
import { keysStatus } from '#platform/encryption/index.ts';
import { isAppError, messageOf } from '#platform/errors/index.ts';
import { withDatabase } from '../with-database.ts';
import { checkKeys } from './keys.ts';
import { fail, ok, warn, type Finding } from './finding.ts';

/** Further apart, times in logs and answers contradict each other. */
const CLOCK_WARN_MS = 1_000;
const CLOCK_FAIL_MS = 60_000;

export function checkClock(offsetMs: number, roundTripMs: number): Finding {
  const check = 'clock';
  const apart = Math.max(0, Math.abs(offsetMs) - roundTripMs / 2);
  const detail = `PostgreSQL's is ${Math.abs(offsetMs)} ms ${offsetMs < 0 ? 'behind' : 'ahead of'} this machine's`;
  const mend = 'let both keep time by NTP; what is due is decided by the clock of PostgreSQL';
  if (apart > CLOCK_FAIL_MS) return fail(check, detail, mend);
  return apart > CLOCK_WARN_MS ? warn(check, detail, mend) : ok(check, detail);
}

const NOBODY = '00000000-0000-0000-0000-000000000000';

async function askWho(db: Db, expected: string): Promise<void> {
  const name = await userOf(db);
  if (name !== expected) throw new Error(`works as ${name}, not as ${expected}`);
}

/** How well the database keeps users apart. */
function checkTenants(roles: Roles): Finding {
  const check = 'tenants';
  const line = tenantsLine(roles);
  if (roles.mode !== 'owner') return ok(check, line);
  const { name } = roles.app;
  return warn(
    check,
    `${line}. No user's rows are open to another; but single columns (the role in an account, a session's token) are not closed to the user they belong to, and any SQL run as ${name} can put row security aside`,
    `as an administrator: alter role "${name}" createrole; or make two roles for it (docs/operations.md, "A PostgreSQL of your own"); then restart`,
  );
}

/** Found out while the database is opened and the features are made: a model that there is none of, another SECRET_KEY. */
function aboutOf(error: unknown): string | undefined {
  const [part] = isAppError(error) ? error.code.split('.') : [];
  return part === 'models' || part === 'encryption' ? part : undefined;
}

/** Opens it as a start would: the server's version, the two roles and the migrations are seen to by that. */
export async function checkDatabase(overrides: Overrides): Promise<Finding[]> {
  const check = 'PostgreSQL';
  try {
    return await withDatabase(overrides, async ({ ready, database, features }) => {
      const facts = await serverFacts(ready.owner);
      const where = ready.embedded ? 'embedded' : `${ready.owner.host}:${ready.owner.port}`;
      const { applied } = ready;
      // As the program does: a role that one can't work as shows here.
      await database.asSystem(async ({ db }) => await askWho(db, ready.roles.system.name));
      await database.asUser(NOBODY, async ({ db }) => await askWho(db, ready.roles.app.name));
      const unsafe = Object.entries({ fsync: facts.fsync, full_page_writes: facts.full_page_writes })
        .filter(([, on]) => !on)
        .map(([name]) => name);
      return [
        ok(check, `${facts.version}, ${where}`),
        ok('migrations', applied.length === 0 ? 'up to date' : `applied just now: ${applied.join(', ')}`),
        checkTenants(ready.roles),
        unsafe.length === 0
          ? ok('durability', 'fsync and full_page_writes are on')
          : fail(
              'durability',
              `${unsafe.join(' and ')} off`,
              'turn it on: a power cut would lose data or break the database',
            ),
        checkKeys(await keysStatus(database, features.encrypted)),
        checkClock(facts.clock_offset_ms, facts.round_trip_ms),
      ];
    });
  } catch (error) {
    return [fail(aboutOf(error) ?? check, messageOf(error), 'see to what it says, then run this again')];
  }
}
