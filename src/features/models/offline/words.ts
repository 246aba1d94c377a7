/** What the offline model takes from the schedules feature. */
export {
  describeSchedule,
  formatLocal,
  languageOf,
  parseAnswer,
  parseSpan,
  parseWhen,
  type Language,
  type WhenResult,
} from '#features/schedules/index.ts';
