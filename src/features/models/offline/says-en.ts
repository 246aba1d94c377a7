import type { Says } from './says.ts';
import { weatherInEnglish } from './weather-en.ts';

const list = (lines: readonly string[]) => lines.map((line) => `• ${line}`).join('\n');
const numbered = (lines: readonly string[]) => lines.map((line, index) => `${index + 1}. ${line}`).join('\n');

export const saysInEnglish: Says = {
  greeting:
    'Hello! I can set reminders, tell the time and the weather, and remember things. Say “help” for examples.',
  thanks: 'You’re welcome.',
  about:
    'I’m the built-in offline model: a set of rules on this machine, no neural network. I set reminders, tell the time and the weather in places and remember facts. For conversation and everything else, connect a real model: set OPENAI_COMPATIBLE_BASE_URL.',
  help: [
    'I understand, in English and Russian:',
    list([
      'reminders: “remind me in 10 minutes to stretch”, “remind me tomorrow at 9 to call Mum”, “remind me every weekday at 8:30 to stand up”',
      'what is set: “what are my reminders?”, “cancel the reminder about Mum”',
      'when one came: “snooze 10 minutes”, “done”',
      'time: “what time is it in Tokyo?”',
      'weather: “weather in Berlin tomorrow”, “will it rain at the weekend?”',
      'memory: “remember that my locker code is 4711”, “what is my locker code?”, “forget my locker code”',
    ]),
    'I’m the built-in offline model and can’t talk about other things; for that set OPENAI_COMPATIBLE_BASE_URL.',
  ].join('\n'),
  unknown:
    'I didn’t understand that. I’m the built-in offline model: I can set reminders, tell the time and the weather and remember facts, but I can’t answer other questions. Say “help” for examples, or connect a real model by setting OPENAI_COMPATIBLE_BASE_URL.',
  nearReminder:
    'I didn’t understand that. If you want a reminder, say it like “remind me tomorrow at 9 to call Mum”; “help” has more examples.',
  empty: 'I can read only text, and there was none. Say “help” for what I can do.',
  cantRead: (names) =>
    `I can’t read files (${names.join(', ')}): I’m the built-in offline model and go by your words alone.`,
  noPages:
    'I’m the built-in offline model: I can’t read or summarise pages. A real model can; connect one by setting OPENAI_COMPATIBLE_BASE_URL.',
  toolMissing: (tool) => `I can’t do that here: the tool “${tool}” isn’t available to me.`,
  failed: (reason) => `That didn’t work: ${reason}`,
  problems: {
    not_found: () => 'I found no such reminder. “What are my reminders?” shows all of them.',
    none_fired: () =>
      'No reminder has come yet that could be snoozed or done. Name the one you mean, for example “snooze the cake for 10 minutes”.',
    text_missing: () => 'What shall I remind you of?',
    time_missing: () => 'When shall I remind you? For example “tomorrow at 9”.',
    in_the_past: () => 'That time has already passed. When should it be instead?',
    never: () => 'There is no such time, so it would never come.',
    too_often: () => 'Reminders come at most once a minute.',
    bad_cron: () => 'I can’t repeat it like that.',
    bad_rrule: () => 'I can’t repeat it like that.',
    quota: () => 'You have as many active reminders as there may be. Cancel some first.',
    unknown_place: (place) =>
      `I don’t know the time zone of “${place}”. Try one large city, for example “Tokyo”.`,
    bad_zone: (zone) => `“${zone}” is not the name of a time zone. A right one is “Europe/Berlin”.`,
    bad_memory: () => 'I can’t keep that. Say it like “remember that my locker code is 4711”.',
  },
  whenFor: (text) =>
    `When shall I remind you of “${text}”? For example “in 20 minutes”, “tomorrow at 9” or “every Monday at 9”.`,
  whatSnooze: 'For how long? For example “snooze 10 minutes” or “snooze until 18:30”.',
  created: (text, when) => `I’ll remind you: “${text}”, ${when}.`,
  createdRecurring: (text, rule, next) => `I’ll remind you ${rule}: “${text}”. Next: ${next}.`,
  noReminders: 'You have no reminders.',
  noRemindersThatDay: 'You have no reminders on that day.',
  reminders: (lines, more) => `Your reminders:\n${list(lines)}${more > 0 ? `\n… and ${more} more.` : ''}`,
  reminderLine: (text, when) => `“${text}”, ${when}`,
  recurringLine: (text, next) => `“${text}”, repeats, next ${next}`,
  pausedLine: (text) => `“${text}”, not scheduled`,
  cancelled: (text) => `Cancelled: “${text}”.`,
  snoozed: (text, when) =>
    when === undefined ? `Snoozed: “${text}”.` : `Snoozed: “${text}”, again ${when}.`,
  done: (text) => `Done: “${text}”.`,
  cancelledAll: (count) => `Cancelled: ${count} ${count === 1 ? 'reminder' : 'reminders'}.`,
  ambiguous: (lines, more, forAll) =>
    `Which one do you mean? Answer with its number${forAll ? ', or “all”' : ''}:\n${numbered(lines)}${more > 0 ? `\n… and ${more} more.` : ''}`,
  cancelWhich: 'Which reminder shall I cancel? For example “cancel the reminder about Mum”.',
  time: (place, when) => (place === undefined ? `It is ${when}.` : `In ${place} it is ${when}.`),
  remembered: (key, value) =>
    key === value ? `I’ll remember: ${value}.` : `I’ll remember: ${key} is ${value}.`,
  recalled: (items) =>
    items.length === 1
      ? `${items[0]?.key}: ${items[0]?.value}`
      : `I remember:\n${list(items.map(({ key, value }) => (key === value ? value : `${key}: ${value}`)))}`,
  nothingKnown: (query) => `I remember nothing about “${query}”.`,
  askParticular: 'About what? For example “what do you know about my locker?”',
  forgotten: (key) => `Forgotten: ${key}.`,
  nothingToForget: (key) => `I knew nothing about “${key}”.`,
  weather: weatherInEnglish,
};
