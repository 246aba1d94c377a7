import type { upcoming } from '#features/schedules/contract.ts';
import type { Wire } from '#web/lib/wire.ts';

/** A time at which something will fire. */
export type Upcoming = Wire<typeof upcoming>;
