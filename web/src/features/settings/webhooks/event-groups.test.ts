import { expect, test } from 'vitest';
import { eventGroups } from './event-groups.ts';

test('events stand by what they are about', () => {
  expect(eventGroups(['reminder.fired', 'message.created', 'reminder.updated'])).toEqual([
    { about: 'reminder', types: ['reminder.fired', 'reminder.updated'] },
    { about: 'message', types: ['message.created'] },
  ]);
});
