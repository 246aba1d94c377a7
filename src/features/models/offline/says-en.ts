import type { Says } from './says.ts';

const list = (lines: readonly string[]) => lines.map((line) => `• ${line}`).join('\n');

export const saysInEnglish: Says = {
  greeting: 'Hello! I can set reminders, tell the time and remember things. Say “help” for examples.',
  thanks: 'You’re welcome.',
  about:
    'I’m the built-in offline model: a set of rules on this machine, no neural network and no internet. I set reminders, tell the time in places and remember facts. For conversation and everything else, connect a real model: set OPENAI_COMPATIBLE_BASE_URL.',
  help: [
    'I understand, in English and Russian:',
    list([
      'reminders: “remind me in 10 minutes to stretch”, “remind me tomorrow at 9 to call Mum”, “remind me every weekday at 8:30 to stand up”',
      'what is set: “what are my reminders?”, “cancel the reminder about Mum”',
      'when one came: “snooze 10 minutes”, “done”',
      'time: “what time is it in Tokyo?”',
      'memory: “remember that my locker code is 4711”, “what is my locker code?”, “forget my locker code”',
    ]),
    'I’m the built-in offline model and can’t talk about other things; for that set OPENAI_COMPATIBLE_BASE_URL.',
  ].join('\n'),
  unknown:
    'I didn’t understand that. I’m the built-in offline model: I can set reminders, tell the time and remember facts, but I can’t answer other questions. Say “help” for examples, or connect a real model by setting OPENAI_COMPATIBLE_BASE_URL.',
  empty: 'I can read only text, and there was none. Say “help” for what I can do.',
  toolMissing: (tool) => `I can’t do that here: the tool “${tool}” isn’t available to me.`,
  failed: (reason) => `That didn’t work: ${reason}`,
  plainReminder: 'Reminder',
  wakeUp: 'Wake up',
  whenFor: (text) =>
    `When shall I remind you of “${text}”? For example “in 20 minutes”, “tomorrow at 9” or “every Monday at 9”.`,
  whatSnooze: 'For how long? For example “snooze 10 minutes” or “snooze until 18:30”.',
  created: (text, when) => `I’ll remind you: “${text}”, ${when}.`,
  createdRecurring: (text, rule, next) => `I’ll remind you ${rule}: “${text}”. Next: ${next}.`,
  noReminders: 'You have no reminders.',
  noSuchReminder: 'I found no such reminder. “What are my reminders?” shows all of them.',
  reminders: (lines) => `Your reminders:\n${list(lines)}`,
  reminderLine: (text, when) => `“${text}”, ${when}`,
  recurringLine: (text, next) => `“${text}”, repeats, next ${next}`,
  pausedLine: (text) => `“${text}”, not scheduled`,
  cancelled: (text) => `Cancelled: “${text}”.`,
  snoozed: (text, when) =>
    when === undefined ? `Snoozed: “${text}”.` : `Snoozed: “${text}”, again ${when}.`,
  done: (text) => `Done: “${text}”.`,
  ambiguous: (texts) =>
    `Which one do you mean? Say it with more of its words:\n${list(texts.map((text) => `“${text}”`))}`,
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
};
