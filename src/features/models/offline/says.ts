import type { WeatherSays } from './weather-says.ts';

/** Everything the offline model says, in one language. Times come in already formatted. */
export interface Says {
  greeting: string;
  thanks: string;
  about: string;
  help: string;
  unknown: string;
  /** It looks like a mistyped wish for a reminder. */
  nearReminder: string;
  empty: string;
  /** Files came beside the words. */
  cantRead(names: string[]): string;
  /** Something is wanted of an address. */
  noPages: string;
  toolMissing(tool: string): string;
  failed(reason: string): string;
  /** What a tool's error means, by its code; `about` is the place, zone or words it is about. */
  problems: Readonly<Record<string, (about: string) => string>>;
  whenFor(text: string): string;
  whatSnooze: string;
  created(text: string, when: string): string;
  createdRecurring(text: string, rule: string, next: string): string;
  noReminders: string;
  noRemindersThatDay: string;
  /** `more`: how many there are beside these. */
  reminders(lines: string[], more: number): string;
  reminderLine(text: string, when: string): string;
  recurringLine(text: string, next: string): string;
  pausedLine(text: string): string;
  cancelled(text: string): string;
  snoozed(text: string, when: string | undefined): string;
  done(text: string): string;
  cancelledAll(count: number): string;
  /** A question; its numbered lines are read again with the answer. `forAll`: whether all of them may be meant. */
  ambiguous(lines: string[], more: number, forAll: boolean): string;
  cancelWhich: string;
  time(place: string | undefined, when: string): string;
  remembered(key: string, value: string): string;
  recalled(items: Array<{ key: string; value: string }>): string;
  nothingKnown(query: string): string;
  askParticular: string;
  forgotten(key: string): string;
  nothingToForget(key: string): string;
  weather: WeatherSays;
}
