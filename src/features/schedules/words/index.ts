export { describeSchedule } from './describe-schedule.ts';
export { formatLocal } from './local-time.ts';
export { parseSpan } from './parse-span.ts';
export { parseAnswer, parseWhen } from './parse-when.ts';
export { zoneOfPlace } from './places.ts';
export {
  asksForReminder,
  asReminderRequest,
  questionForRealDate,
  readReminder,
  tidyRequest,
} from './reminder-words.ts';
export { languageOf, type Language, type RepeatingRule, type WhenResult } from './result.ts';
