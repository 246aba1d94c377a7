import { generateText, stepCountIs, streamText, tool, type ModelMessage } from 'ai';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { contextLines } from './context.ts';
import { offlineModel } from './model.ts';

const at = new Date('2026-11-21T13:05:00Z');
const instructions = contextLines({ now: at, timezone: 'Europe/Berlin', locale: 'en', receivedAt: at });

/** The tools as the product has them, with answers in its shapes. */
function tools(answers: { reminder?: unknown; time?: unknown; memory?: unknown }, calls: unknown[] = []) {
  const answering = (output: unknown) => (input: unknown) => {
    calls.push(input);
    return output instanceof Error ? Promise.reject(output) : output;
  };
  return {
    reminder: tool({
      description: 'Reminders',
      inputSchema: z.object({ action: z.string() }).loose(),
      execute: answering(answers.reminder),
    }),
    time: tool({ description: 'Time', inputSchema: z.object({}).loose(), execute: answering(answers.time) }),
    memory: tool({
      description: 'Memory',
      inputSchema: z.object({ action: z.string() }).loose(),
      execute: answering(answers.memory),
    }),
  };
}

async function streamed(messages: ModelMessage[], offered: ReturnType<typeof tools>) {
  const result = streamText({
    model: offlineModel(),
    instructions,
    messages,
    tools: offered,
    stopWhen: stepCountIs(5),
  });
  const deltas: string[] = [];
  for await (const part of result.stream) if (part.type === 'text-delta') deltas.push(part.text);
  return { deltas, text: await result.text, usage: await result.usage, steps: (await result.steps).length };
}

const ask = (content: string): ModelMessage[] => [{ role: 'user', content }];
const stretch = {
  id: '0193',
  text: 'stretch',
  type: 'one_time',
  next_fire_at: '2026-11-21T13:05:10.000Z',
  next_local: ['2026-11-21T14:05:10+01:00[Europe/Berlin]'],
};

describe('the tool loop', () => {
  test('a reminder is created and confirmed with its exact local time, in deltas', async () => {
    const calls: unknown[] = [];
    const { deltas, text, usage, steps } = await streamed(
      ask('remind me in 10 seconds to stretch'),
      tools({ reminder: stretch }, calls),
    );
    expect(calls).toEqual([{ action: 'create', text: 'stretch', trigger_at: '2026-11-21T13:05:10.000Z' }]);
    expect(text).toBe('I’ll remind you: “stretch”, Sat 21 November 2026, 14:05:10 (Europe/Berlin).');
    expect(deltas.length).toBeGreaterThan(1);
    expect(deltas.join('')).toBe(text);
    expect(steps).toBe(2);
    expect(usage.inputTokens).toBeGreaterThan(0);
  });

  test.each([
    [
      'напоминай по понедельникам в 9 поливать цветы',
      {
        reminder: {
          ...stretch,
          text: 'поливать цветы',
          type: 'recurring',
          next_local: ['2026-11-23T09:00:00+01:00[Europe/Berlin]'],
        },
      },
      'Буду напоминать по понедельникам в 09:00: «поливать цветы». Ближайшее: пн, 23 ноября 2026, 09:00 (Europe/Berlin).',
    ],
    [
      'what are my reminders',
      { reminder: { items: [{ ...stretch, status: 'active' }] } },
      'Your reminders:\n• “stretch”, Sat 21 November 2026, 14:05:10 (Europe/Berlin)',
    ],
    ['what are my reminders', { reminder: { items: [] } }, 'You have no reminders.'],
    ['cancel the stretch reminder', { reminder: { id: '1', text: 'stretch' } }, 'Cancelled: “stretch”.'],
    [
      'snooze 10 minutes',
      { reminder: stretch },
      'Snoozed: “stretch”, again Sat 21 November 2026, 14:05:10 (Europe/Berlin).',
    ],
    ['done', { reminder: { id: '1', text: 'stretch' } }, 'Done: “stretch”.'],
    ['done', { reminder: { error: 'there is no reminder' } }, 'That didn’t work: there is no reminder'],
    [
      'cancel the call',
      {
        reminder: {
          ambiguous: [
            { id: '1', text: 'call', next_local: ['2026-11-22T09:00:00+01:00[Europe/Berlin]'] },
            { id: '2', text: 'call', next_local: ['2026-11-23T09:00:00+01:00[Europe/Berlin]'] },
          ],
          more: 3,
        },
      },
      'Which one do you mean? Answer with its number, or “all”:\n1. “call”, Sun 22 November 2026, 09:00 (Europe/Berlin)\n2. “call”, Mon 23 November 2026, 09:00 (Europe/Berlin)\n… and 3 more.',
    ],
    ['cancel all reminders', { reminder: { cancelled: 2 } }, 'Cancelled: 2 reminders.'],
    ['what do I have tomorrow', { reminder: { items: [] } }, 'You have no reminders on that day.'],
    [
      'what are my reminders',
      { reminder: { items: [stretch], more: 2 } },
      'Your reminders:\n• “stretch”, Sat 21 November 2026, 14:05:10 (Europe/Berlin)\n… and 2 more.',
    ],
    [
      'отложи на завтра',
      { reminder: { code: 'none_fired', error: 'No reminder has come yet' } },
      expect.stringMatching(/^Ещё не приходило напоминание, которое можно отложить/),
    ],
    [
      'который час в Лондоне и Париже',
      { time: { error: 'no time zone is known for "Лондоне и Париже"' } },
      expect.stringMatching(/^Не знаю часового пояса для «Лондоне и Париже»\. [^a-z]*$/i),
    ],
    [
      'отмени кино',
      { reminder: { code: 'not_found', error: 'There is no reminder' } },
      expect.stringMatching(/^Такого напоминания я не нашёл\. [^a-z]*$/i),
    ],
    [
      'напомни через 10 минут размяться',
      { reminder: { code: 'quota', error: 'There are 1000 active schedules already' } },
      expect.stringMatching(/^Активных напоминаний уже столько[^a-z]*$/i),
    ],
    [
      'напомни через 10 минут размяться',
      { reminder: { code: 'new_one', error: 'something new' } },
      'Не получилось: something new',
    ],
    [
      'what time is it in Tokyo?',
      { time: { timezone: 'Asia/Tokyo', local: '2026-11-21T22:05:00+09:00[Asia/Tokyo]' } },
      'In Tokyo it is Sat 21 November 2026, 22:05 (Asia/Tokyo).',
    ],
    [
      'what time is it in Atlantis?',
      { time: { error: 'no such place' } },
      expect.stringMatching(/^I don’t know the time zone of “Atlantis”/),
    ],
    [
      'remember that my locker code is 4711',
      { memory: { key: 'locker code', value: '4711' } },
      'I’ll remember: locker code is 4711.',
    ],
    [
      'what is my locker code',
      { memory: { items: [{ key: 'locker code', value: '4711' }] } },
      'locker code: 4711',
    ],
    ['what is my locker code', { memory: { items: [] } }, 'I remember nothing about “locker code”.'],
    ['forget my locker code', { memory: { key: 'locker code', forgotten: true } }, 'Forgotten: locker code.'],
    [
      'забудь код от шкафчика',
      { memory: { key: 'код от шкафчика', forgotten: false } },
      'Я и не знал ничего про «код от шкафчика».',
    ],
  ])('%s', async (text, answers, said) => {
    const { text: answered } = await streamed(ask(text), tools(answers));
    expect(answered).toEqual(said);
  });

  test('a tool that fails is told plainly', async () => {
    const failing = tools({ time: new Error('no clock') });
    expect((await streamed(ask('what time is it'), failing)).text).toMatch(/^That didn’t work: .*no clock/);
  });

  test('results of earlier turns are not answered again', async () => {
    const messages: ModelMessage[] = [
      { role: 'user', content: 'what time is it' },
      { role: 'assistant', content: [{ type: 'tool-call', toolCallId: 'a', toolName: 'time', input: {} }] },
      {
        role: 'tool',
        content: [
          {
            type: 'tool-result',
            toolCallId: 'a',
            toolName: 'time',
            output: { type: 'json', value: { local: 'x' } },
          },
        ],
      },
      { role: 'assistant', content: 'It is x.' },
      { role: 'user', content: 'hello' },
    ];
    expect((await streamed(messages, tools({}))).text).toMatch(/^Hello!/);
  });

  test('a question of ours is answered by the next message', async () => {
    const calls: unknown[] = [];
    const first = (await streamed(ask('remind me to stretch'), tools({}))).text;
    const messages: ModelMessage[] = [
      ...ask('remind me to stretch'),
      { role: 'assistant', content: first },
      ...ask('in 10 seconds'),
    ];
    await streamed(messages, tools({ reminder: stretch }, calls));
    expect(calls).toEqual([{ action: 'create', text: 'stretch', trigger_at: '2026-11-21T13:05:10.000Z' }]);
  });
});

test.each([
  ['что', 'отмени кино'],
  ['which', 'cancel film'],
])('“1” after a question (%s) is answered in its language', async (_, text) => {
  const items = ['22', '23'].map((day) => ({
    text: 'film',
    next_local: [`2026-11-${day}T09:00:00+01:00[Europe/Berlin]`],
  }));
  const question = (await streamed(ask(text), tools({ reminder: { ambiguous: items } }))).text;
  const thread: ModelMessage[] = [...ask(text), { role: 'assistant', content: question }];
  const again = (await streamed([...thread, ...ask('7')], tools({}))).text;
  expect(again).toBe(question);

  const calls: unknown[] = [];
  const later: ModelMessage[] = [...thread, ...ask('7'), { role: 'assistant', content: again }, ...ask('2')];
  const chosen = await streamed(later, tools({ reminder: { text: 'film' } }, calls));
  expect(calls).toEqual([{ action: 'cancel', query: expect.any(String), at: '2026-11-23T08:00:00.000Z' }]);
  expect(chosen.text).toMatch(text.startsWith('cancel') ? /^Cancelled/ : /^Отменено/);
});

describe('without tools', () => {
  test('what needs one is refused by name', async () => {
    const { text, toolCalls } = await generateText({
      model: offlineModel(),
      instructions,
      prompt: 'remind me in 10 seconds to stretch',
    });
    expect(toolCalls).toEqual([]);
    expect(text).toBe('I can’t do that here: the tool “reminder” isn’t available to me.');
  });

  test('the same prompt gets the same answer', async () => {
    const answers = await Promise.all(
      [1, 2].map(() => generateText({ model: offlineModel(), instructions, prompt: 'help' })),
    );
    expect(answers[0]?.text).toBe(answers[1]?.text);
    expect(answers[0]?.usage).toEqual(answers[1]?.usage);
  });

  test('an aborted request is not answered', async () => {
    const call = generateText({ model: offlineModel(), prompt: 'help', abortSignal: AbortSignal.abort() });
    await expect(call).rejects.toThrow(/abort/i);
  });
});
