import type { Overrides } from '#app/config.ts';
import { serverFacts } from '#platform/db/server-facts.ts';
import { isAppError, messageOf } from '#platform/errors/index.ts';
import { withDatabase } from '../with-database.ts';
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

/** Opens it as a start would: the server's version, the two roles and the migrations are seen to by that. */
export async function checkDatabase(overrides: Overrides): Promise<Finding[]> {
  const check = 'PostgreSQL';
  try {
    return await withDatabase(overrides, async ({ ready, database }) => {
      const facts = await serverFacts(ready.owner);
      const where = ready.embedded ? 'embedded' : `${ready.owner.host}:${ready.owner.port}`;
      const { applied } = ready;
      // As the program does: a role that can't log in shows here.
      const roles = await Promise.all([
        database.asSystem(async () => await Promise.resolve('system')),
        database.asUser('00000000-0000-0000-0000-000000000000', async () => await Promise.resolve('app')),
      ]);
      const unsafe = Object.entries({ fsync: facts.fsync, full_page_writes: facts.full_page_writes })
        .filter(([, on]) => !on)
        .map(([name]) => name);
      return [
        ok(check, `${facts.version}, ${where}`),
        ok('migrations', applied.length === 0 ? 'up to date' : `applied just now: ${applied.join(', ')}`),
        ok('roles', `${roles.join(' and ')} can log in`),
        unsafe.length === 0
          ? ok('durability', 'fsync and full_page_writes are on')
          : fail(
              'durability',
              `${unsafe.join(' and ')} off`,
              'turn it on: a power cut would lose data or break the database',
            ),
        checkClock(facts.clock_offset_ms, facts.round_trip_ms),
      ];
    });
  } catch (error) {
    // A model that there is none of is found out while the features are made.
    const about = isAppError(error) && error.code.startsWith('models.') ? 'models' : check;
    return [fail(about, messageOf(error), 'see to what it says, then run this again')];
  }
}
