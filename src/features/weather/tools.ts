import { defineOutsideTool, type OutsideTool } from '#features/tools/index.ts';
import { createOpenMeteo, type OpenMeteoOptions } from './open-meteo.ts';
import { tellWeather, weatherInput } from './tell-weather.ts';

/**
 * The tool `weather`: `{place, timezone, now?, days: [{date, condition, min_c, max_c, …}]}`, `{ambiguous: [places]}` or
 * `{error, code}`. What it gives away is the name of a place, to a service the operator has chosen.
 */
export function weatherTool(options: OpenMeteoOptions): OutsideTool {
  const client = createOpenMeteo(options);
  return defineOutsideTool({
    tool_type: 'weather',
    description: 'The weather now and the forecast, in a place.',
    input: weatherInput,
    timeout_ms: 20_000,
    traits: () => ({ effect: 'none', taints: false, after_crash: 'repeat' }),
    run: async (input, { timezone, now, signal }) =>
      await tellWeather(client, input, { timezone, now, signal }),
  });
}
