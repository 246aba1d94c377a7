export { createFire, type FiredOccurrence, type ScheduleKind } from './fire.ts';
export type { MissedRun } from './catch-up.ts';
export { instantOfLocalTime, localTimeOf } from './local-time.ts';
export { deleteSchedule, listOccurrences } from './queries.ts';
export { nextInstants, type Rule } from './rule.ts';
export { createSchedule, editSchedule, ruleOf as ruleOfRecord } from './service.ts';
export { timeTool } from './tools.ts';
export {
  asksForReminder,
  asReminderRequest,
  describeSchedule,
  formatLocal,
  languageOf,
  parseAnswer,
  parseSpan,
  parseWhen,
  questionForRealDate,
  readReminder,
  tidyRequest,
  type Language,
  type WhenResult,
} from './words/index.ts';
