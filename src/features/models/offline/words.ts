/** What the offline model takes from the schedules feature. */
export {
  asksForReminder,
  asReminderRequest,
  describeSchedule,
  formatLocal,
  languageOf,
  parseAnswer,
  parseSpan,
  parseWhen,
  readReminder,
  tidyRequest,
  type Language,
  type WhenResult,
} from '#features/schedules/index.ts';
