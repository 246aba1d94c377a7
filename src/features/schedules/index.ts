export {
  createFire,
  kindsByName,
  type FiredOccurrence,
  type ScheduleKind,
  type ScheduleKinds,
} from './fire.ts';
export type { MissedRun } from './catch-up.ts';
export { instantOfLocalTime, localTimeOf } from './local-time.ts';
export { createSchedule } from './create-schedule.ts';
export { editSchedule, type ScheduleEdit } from './edit-schedule.ts';
export { deleteSchedule, listOccurrences, type OccurrenceRecord } from './queries.ts';
export { ensureHourly, systemKind } from './reconcile/hourly.ts';
export { refreshIfNewer } from './refresh-zones.ts';
export { nextInstants, type Rule } from './rule.ts';
export { ruleOfWords } from './rule-of-words.ts';
export { backfill, runNow } from './run-now.ts';
export { ruleOf as ruleOfRecord } from './stored-rule.ts';
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
