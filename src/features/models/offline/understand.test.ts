import { describe, expect, test } from 'vitest';
import { understand } from './understand.ts';

/** A Wednesday, 14:05 in Berlin. */
const receivedAt = new Date('2026-11-18T13:05:00Z');
const context = {
  now: new Date('2026-11-18T13:05:02Z'),
  receivedAt,
  timezone: 'Europe/Berlin',
  locale: 'en',
};

/** The call as `tool {input}`, or what is said. */
function planned(text: string, asked?: string): unknown {
  const plan = understand(text, context, asked);
  return plan.type === 'call' ? { [plan.tool]: plan.input } : plan.text;
}

const create = (text: string, trigger_at: string) => ({ reminder: { action: 'create', text, trigger_at } });
const repeat = (text: string, cron_expression: string) => ({
  reminder: { action: 'create', text, cron_expression, timezone: 'Europe/Berlin' },
});
const reminder = (input: object) => ({ reminder: input });
const memory = (input: object) => ({ memory: input });

describe('reminders', () => {
  test.each([
    ['remind me in 10 seconds to stretch', create('stretch', '2026-11-18T13:05:10.000Z')],
    ['Remind me to call Mum tomorrow at 9.', create('call Mum', '2026-11-19T08:00:00.000Z')],
    ['please remind me tomorrow at 9 about the meeting', create('the meeting', '2026-11-19T08:00:00.000Z')],
    [
      'Could you remind me that the shop closes at 18:30?',
      create('the shop closes', '2026-11-18T17:30:00.000Z'),
    ],
    ['tomorrow at 9 remind me to call Mum', create('call Mum', '2026-11-19T08:00:00.000Z')],
    ['set a reminder for tomorrow at 9 to call Mum', create('call Mum', '2026-11-19T08:00:00.000Z')],
    ['set a reminder for 18:30: take the cake out', create('take the cake out', '2026-11-18T17:30:00.000Z')],
    ['wake me up tomorrow at 7', create('Wake up', '2026-11-19T06:00:00.000Z')],
    ['remind me in 10 minutes', create('Reminder', '2026-11-18T13:15:00.000Z')],
    ['remember to buy milk tomorrow at 10', create('buy milk', '2026-11-19T09:00:00.000Z')],
    ["don't forget to buy milk tomorrow at 10", create('buy milk', '2026-11-19T09:00:00.000Z')],
    ['Hello, remind me in 5 minutes to eat', create('eat', '2026-11-18T13:10:00.000Z')],
    ['set a timer for 10 minutes', create('Reminder', '2026-11-18T13:15:00.000Z')],
    ['set an alarm for 7am', create('Wake up', '2026-11-19T06:00:00.000Z')],
    ['привет! напомни через 5 минут поесть', create('поесть', '2026-11-18T13:10:00.000Z')],
    ['не забудь позвонить маме завтра в 9', create('позвонить маме', '2026-11-19T08:00:00.000Z')],
    ['поставь таймер на 10 минут', create('Напоминание', '2026-11-18T13:15:00.000Z')],
    ['поставь будильник на 7 утра', create('Пора вставать', '2026-11-19T06:00:00.000Z')],
    ['каждое 1-е число в 10:00 напоминай платить за квартиру', repeat('платить за квартиру', '0 10 1 * *')],
    ['не забудь напомнить мне в 8 вечера про кино', create('кино', '2026-11-18T19:00:00.000Z')],
    ["don't forget to remind me at 8pm about the film", create('the film', '2026-11-18T19:00:00.000Z')],
    ['remind me in an hour or so to call mum', create('call mum', '2026-11-18T14:05:00.000Z')],
    ['напомни через час или около того позвонить', create('позвонить', '2026-11-18T14:05:00.000Z')],
    ['remind me in 1 second to again', create('again', '2026-11-18T13:05:01.000Z')],
    ['remind me at 18:30 to please Ann', create('please Ann', '2026-11-18T17:30:00.000Z')],
    ['remind me again tomorrow at 9 to call Mum', create('call Mum', '2026-11-19T08:00:00.000Z')],
    ['I need to be reminded to call Mum at 18:30', create('call Mum', '2026-11-18T17:30:00.000Z')],
    ['set timer 10 min', create('Reminder', '2026-11-18T13:15:00.000Z')],
    ['set a timer for 10 min', create('Reminder', '2026-11-18T13:15:00.000Z')],
    ['timer 90 seconds', create('Reminder', '2026-11-18T13:06:30.000Z')],
    ['10 minute timer', create('Reminder', '2026-11-18T13:15:00.000Z')],
    ['таймер 10 минут', create('Напоминание', '2026-11-18T13:15:00.000Z')],
    ['remind me every weekday at 8:30 to stand up', repeat('stand up', '30 8 * * 1-5')],
    ['set a daily reminder at 9 to drink water', repeat('drink water', '0 9 * * *')],
    ['напомни мне через 10 секунд потянуться', create('потянуться', '2026-11-18T13:05:10.000Z')],
    ['Напомни завтра в 9 позвонить маме', create('позвонить маме', '2026-11-19T08:00:00.000Z')],
    [
      'завтра в 9 напомни мне, что нужно позвонить маме',
      create('позвонить маме', '2026-11-19T08:00:00.000Z'),
    ],
    ['напомни мне о встрече завтра в 10', create('о встрече', '2026-11-19T09:00:00.000Z')],
    ['напомни завтра в 10, чтобы я купил хлеб', create('купил хлеб', '2026-11-19T09:00:00.000Z')],
    [
      'Поставь напоминание на завтра на 9: позвонить маме',
      create('позвонить маме', '2026-11-19T08:00:00.000Z'),
    ],
    ['разбуди меня завтра в 7', create('Пора вставать', '2026-11-19T06:00:00.000Z')],
    ['напоминай мне каждый понедельник в 9 поливать цветы', repeat('поливать цветы', '0 9 * * 1')],
    ['напоминай по будням в 8:30 вставать', repeat('вставать', '30 8 * * 1-5')],
    [
      'remind me every second Friday at 9 to pay',
      reminder({
        action: 'create',
        text: 'pay',
        rrule: 'DTSTART:20261120T090000\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=FR',
        timezone: 'Europe/Berlin',
      }),
    ],
  ])('%s', (text, plan) => {
    expect(planned(text)).toEqual(plan);
  });

  test.each([
    ['what are my reminders?', reminder({ action: 'list' })],
    ['show my reminders', reminder({ action: 'list' })],
    ['list all reminders', reminder({ action: 'list' })],
    ['which reminders do I have', reminder({ action: 'list' })],
    ['какие у меня напоминания?', reminder({ action: 'list' })],
    ['покажи напоминания', reminder({ action: 'list' })],
    ['мои напоминания', reminder({ action: 'list' })],
    ['list my reminders for Friday', reminder({ action: 'list', date: '2026-11-20' })],
    ['what do I have tomorrow?', reminder({ action: 'list', date: '2026-11-19' })],
    ['what is on tomorrow', reminder({ action: 'list', date: '2026-11-19' })],
    ['what do I have today?', reminder({ action: 'list', date: '2026-11-18' })],
    ['what do I have on Wednesday', reminder({ action: 'list', date: '2026-11-18' })],
    ['what do I have tomorrow evening', reminder({ action: 'list', date: '2026-11-19' })],
    ['which reminders do I have this week', reminder({ action: 'list' })],
    ['list', reminder({ action: 'list' })],
    ['reminders', reminder({ action: 'list' })],
    ['какие у меня напоминания на завтра?', reminder({ action: 'list', date: '2026-11-19' })],
    ['что у меня сегодня?', reminder({ action: 'list', date: '2026-11-18' })],
    ['что запланировано на пятницу', reminder({ action: 'list', date: '2026-11-20' })],
    ['cancel all reminders', reminder({ action: 'cancel', all: true })],
    ['cancel all my reminders about leave', reminder({ action: 'cancel', all: true, query: 'leave' })],
    ['отмени все напоминания', reminder({ action: 'cancel', all: true })],
    ['cancel all hands meeting', reminder({ action: 'cancel', query: 'all hands meeting' })],
    ['cancel the reminder about Mum', reminder({ action: 'cancel', query: 'Mum' })],
    ['cancel my reminder to call Mum', reminder({ action: 'cancel', query: 'call Mum' })],
    ['delete the reminder', reminder({ action: 'cancel' })],
    ['forget the reminder about Mum', reminder({ action: 'cancel', query: 'Mum' })],
    ['stop reminding me to stretch', reminder({ action: 'cancel', query: 'stretch' })],
    ['отмени напоминание про маму', reminder({ action: 'cancel', query: 'маму' })],
    ['удали напоминание о встрече', reminder({ action: 'cancel', query: 'встреч' })],
    ['snooze', reminder({ action: 'snooze', minutes: 10 })],
    ['snooze 10 minutes', reminder({ action: 'snooze', minutes: 10 })],
    ['snooze it for an hour', reminder({ action: 'snooze', until: '2026-11-18T14:05:00.000Z' })],
    ['snooze until 18:30', reminder({ action: 'snooze', until: '2026-11-18T17:30:00.000Z' })],
    [
      'snooze the cake for 5 minutes',
      reminder({ action: 'snooze', until: '2026-11-18T13:10:00.000Z', query: 'cake' }),
    ],
    ['snooze until tomorrow at 9', reminder({ action: 'snooze', until: '2026-11-19T08:00:00.000Z' })],
    ['remind me again in 10 minutes', reminder({ action: 'snooze', minutes: 10 })],
    ['отложи на час', reminder({ action: 'snooze', minutes: 60 })],
    ['отложи на 10 минут', reminder({ action: 'snooze', minutes: 10 })],
    ['отложи до 18:30', reminder({ action: 'snooze', until: '2026-11-18T17:30:00.000Z' })],
    ['отложи на завтра', reminder({ action: 'snooze', until: '2026-11-19T08:00:00.000Z' })],
    ['напомни ещё раз через 10 минут', reminder({ action: 'snooze', minutes: 10 })],
    ['done', reminder({ action: 'done' })],
    ["I'm done!", reminder({ action: 'done' })],
    ['done with the cake', reminder({ action: 'done', query: 'cake' })],
    ['mark call Mum as done', reminder({ action: 'done', query: 'call Mum' })],
    ['готово', reminder({ action: 'done' })],
    ['сделал', reminder({ action: 'done' })],
  ])('%s', (text, plan) => {
    expect(planned(text)).toEqual(plan);
  });

  test('an unsure time is asked about, in the language of the message', () => {
    expect(planned('remind me to call Mum')).toMatch(/^When shall I remind you of “call Mum”\?/);
    expect(planned('remind me tomorrow at 3 to call Mum')).toMatch(/^In the morning or in the afternoon\?/);
    expect(planned('напомни позвонить маме')).toMatch(/^Когда напомнить: «позвонить маме»\?/);
    expect(planned('напомни каждую третью пятницу платить')).toMatch(/^Считая по неделям/);
    expect(planned('cancel')).toMatch(/^Which reminder/);
  });

  test('the answer to such a question completes the reminder', () => {
    expect(planned('tomorrow at 9', 'remind me to call Mum')).toEqual(
      create('call Mum', '2026-11-19T08:00:00.000Z'),
    );
    expect(planned('at 15:00', 'remind me tomorrow at 3 to call Mum')).toEqual(
      create('call Mum', '2026-11-19T14:00:00.000Z'),
    );
    expect(planned('завтра в 9', 'напомни позвонить маме')).toEqual(
      create('позвонить маме', '2026-11-19T08:00:00.000Z'),
    );
    expect(planned('what time is it', 'remind me to call Mum')).toEqual({ time: {} });
  });
});

describe('time', () => {
  test.each([
    ['what time is it?', {}],
    ["what's the time", {}],
    ['What time is it in Tokyo?', { place: 'Tokyo' }],
    ['what time is it in New York right now?', { place: 'New York' }],
    ['time in Europe/Berlin', { timezone: 'Europe/Berlin' }],
    ['what day is it today', {}],
    ['который час?', {}],
    ['сколько времени', {}],
    ['который час в Москве', { place: 'Москве' }],
    ['сколько сейчас времени в Нью-Йорке?', { place: 'Нью-Йорке' }],
    ['какое сегодня число?', {}],
  ])('%s', (text, input) => {
    expect(planned(text)).toEqual({ time: input });
  });
});

describe('memory', () => {
  test.each([
    [
      'remember that my locker code is 4711',
      memory({ action: 'remember', key: 'locker code', value: '4711', again: true }),
    ],
    [
      'Remember: my sister is called Ann',
      memory({ action: 'remember', key: 'sister', value: 'called Ann', again: true }),
    ],
    [
      'remember wifi password: hunter2',
      memory({ action: 'remember', key: 'wifi password', value: 'hunter2', again: true }),
    ],
    [
      'remember that I like tea',
      memory({ action: 'remember', key: 'I like tea', value: 'I like tea', again: true }),
    ],
    [
      'запомни, что мой код от шкафчика 4711',
      memory({ action: 'remember', key: 'код от шкафчика', value: '4711', again: true }),
    ],
    [
      'запомни: код от домофона — 12К345',
      memory({ action: 'remember', key: 'код от домофона', value: '12К345', again: true }),
    ],
    ['what is my locker code?', memory({ action: 'recall', query: 'locker code' })],
    ["what's my locker code", memory({ action: 'recall', query: 'locker code' })],
    ['what do you know about my locker', memory({ action: 'recall', query: 'locker' })],
    ['какой у меня код от шкафчика?', memory({ action: 'recall', query: 'код от шкафчика' })],
    ['что ты помнишь о встрече сегодня', memory({ action: 'recall', query: 'встрече сегодня' })],
    ['что ты помнишь о шкафчике', memory({ action: 'recall', query: 'шкафчике' })],
    ["when is mom's birthday?", memory({ action: 'recall', query: "mom's birthday" })],
    ['когда день рождения мамы?', memory({ action: 'recall', query: 'день рождения мамы' })],
    ['forget my locker code', memory({ action: 'forget', key: 'locker code' })],
    ['забудь код от шкафчика', memory({ action: 'forget', key: 'код от шкафчика' })],
  ])('%s', (text, plan) => {
    expect(planned(text)).toEqual(plan);
  });
});

describe('the rest', () => {
  test.each([
    ['hello', /^Hello!/],
    ['Hi there!', /^Hello!/],
    ['привет', /^Здравствуйте!/],
    ['help', /^I understand/],
    ['что ты умеешь?', /^Я понимаю/],
    ['thanks!', /^You’re welcome/],
    ['who are you?', /offline model.*OPENAI_COMPATIBLE_BASE_URL/],
    ['write me a poem about the sea', /offline model.*can’t.*OPENAI_COMPATIBLE_BASE_URL/],
    ['напиши стихотворение', /офлайн-модель.*не умею.*OPENAI_COMPATIBLE_BASE_URL/],
    ['what is the capital of France?', /offline model/],
    ['summarise https://example.com/page', /can’t read or summarise pages/],
    ['перескажи https://example.com/page', /не умею читать и пересказывать страницы/],
    ['remnd me tomorow to call', /If you want a reminder, say it like/],
    ['напомин мне завтра', /Если нужно напоминание/],
    ['🙂', /.+/],
    ['', /there was none/],
  ])('%s', (text, said) => {
    expect(planned(text)).toMatch(said);
  });
});
