/** Everything the offline model says, in one language. Times come in already formatted. */
export interface Says {
  greeting: string;
  thanks: string;
  about: string;
  help: string;
  unknown: string;
  empty: string;
  toolMissing(tool: string): string;
  failed(reason: string): string;
  /** What a reminder without words of its own says. */
  plainReminder: string;
  wakeUp: string;
  whenFor(text: string): string;
  whatSnooze: string;
  created(text: string, when: string): string;
  createdRecurring(text: string, rule: string, next: string): string;
  noReminders: string;
  /** None that fits the words, or none at all. */
  noSuchReminder: string;
  reminders(lines: string[]): string;
  reminderLine(text: string, when: string): string;
  recurringLine(text: string, next: string): string;
  pausedLine(text: string): string;
  cancelled(text: string): string;
  snoozed(text: string, when: string | undefined): string;
  done(text: string): string;
  ambiguous(texts: string[]): string;
  cancelWhich: string;
  time(place: string | undefined, when: string): string;
  remembered(key: string, value: string): string;
  recalled(items: Array<{ key: string; value: string }>): string;
  nothingKnown(query: string): string;
  askParticular: string;
  forgotten(key: string): string;
  nothingToForget(key: string): string;
}
