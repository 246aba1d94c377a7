import { afterAll, beforeAll, expect, test } from 'vitest';

import { createClient, type Client } from '#test/client.ts';
import { startOpenMeteo, type FakeOpenMeteo } from '#test/fakes/open-meteo.ts';
import { createUserAndToken, startProgram, type Program } from '#test/program.ts';
import { ask, mainThreadOf, said } from '#test/records.ts';

let openMeteo: FakeOpenMeteo;
let program: Program;
let client: Client;
let thread: string;

beforeAll(async () => {
  openMeteo = await startOpenMeteo();
  const env = { WEATHER_API_ROOT: openMeteo.url, GEOCODING_API_ROOT: openMeteo.url };
  program = await startProgram({ env });
  client = createClient(program, await createUserAndToken(program));
  thread = await mainThreadOf(client);
});

afterAll(async () => {
  await program[Symbol.asyncDispose]();
  await openMeteo.close();
});

const answerTo = async (text: string) => said((await ask(client, thread, text)).reply);

test('the weather is told in a sentence, in either language', async () => {
  openMeteo.now = new Date();
  expect(await answerTo('weather in Berlin tomorrow')).toMatch(
    /^Berlin, State of Berlin, Germany, tomorrow: 1 to 6 °C, overcast, 75 % chance/,
  );
  expect(await answerTo('какая погода в Москве')).toMatch(
    /^Москва, Moscow, Россия, сейчас: 4 °C, ощущается как 1 °C, небольшой дождь, .*Сегодня: от 2 до 7 °C/,
  );
  expect(await answerTo('what is the weather?')).toMatch(/^Berlin, State of Berlin, Germany, now: 4 °C/);
});

test('which place is meant is asked, and answered with its number', async () => {
  const question = await answerTo('weather in Springfield');
  expect(question).toMatch(/^Which one do you mean\?/);
  expect(await answerTo('2')).toMatch(/^Springfield, Massachusetts, United States, now:/);
});

test('what stands in the way is said', async () => {
  expect(await answerTo('weather in Atlantis')).toBe('I found no place called “Atlantis”.');
  openMeteo.trouble = 'down';
  expect(await answerTo('погода в Берлине')).toMatch(/^Служба погоды не отвечает/);
  openMeteo.trouble = undefined;
});
