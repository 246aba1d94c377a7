import { expect, test } from 'vitest';
import { aMessage } from '../messages/message-samples.ts';
import { parseOutbox, stillUnsent, type Unsent } from './unsent.ts';

const unsent: Unsent = { client_message_id: 'c1', text: 'Hi', status: 'sending', error: null, at: '2026' };

test('a message that is stored is not unsent, whoever tells us first', () => {
  expect(stillUnsent([unsent], [aMessage()])).toEqual([unsent]);
  expect(stillUnsent([unsent], [aMessage({ external_id: 'c1' })])).toEqual([]);
});

test('what was kept comes back; what is broken is nothing', () => {
  expect(parseOutbox(JSON.stringify([unsent]))).toEqual([unsent]);
  expect([null, '', '{', '{}'].map(parseOutbox)).toEqual([[], [], [], []]);
});
