import { call, type Planner } from './plan.ts';

/** "what time is it in Tokyo", "который час в Москве": the tool knows the places. */
export const tellTime: Planner = (_message, { place }) => {
  const name = (place ?? '').replace(/\s*(?:right now|now|today|сейчас|сегодня|[?!.])+$/giu, '').trim();
  if (name === '') return call('time', {});
  return call('time', /^[A-Za-z_]+\/[A-Za-z_/+-]+$/.test(name) ? { timezone: name } : { place: name });
};
