import { z } from 'zod';
import { defineDatabaseTool } from '#features/tools/index.ts';
import { appNow } from '#platform/clock/app-now.ts';
import { timezoneName } from '#platform/http/fields.ts';
import { localTimeOf } from './local-time.ts';
import { zoneOfPlace } from './words/index.ts';

/** The tool `time`: what time it is, here or in a place. */
export const timeTool = defineDatabaseTool({
  tool_type: 'time',
  description: 'The time now, in a place or zone.',
  input: z.strictObject({
    place: z.string().optional().describe('A city or country'),
    timezone: z.string().optional().describe("IANA zone; default the user's"),
  }),
  execute: async (tx, { place, timezone }, context) => {
    const named = place === undefined ? timezone : zoneOfPlace(place);
    if (place !== undefined && named === undefined)
      return { error: `no time zone is known for "${place}"`, code: 'unknown_place' };
    const zone = timezoneName.safeParse(named ?? context.timezone);
    if (!zone.success) return { error: `"${named}" is not the name of a time zone`, code: 'bad_zone' };
    return { timezone: zone.data, local: localTimeOf(await appNow(tx.db), zone.data) };
  },
});
