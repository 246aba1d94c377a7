import { expect, test } from 'vitest';
import { byServer } from './by-server.ts';
import type { Tool } from './tool.ts';

const tool = (name: string, of?: [server: string, remote: string]) =>
  ({
    name,
    tool_type: of ? 'mcp' : 'time',
    config: of ? { server_id: of[0], remote_name: of[1] } : {},
  }) as unknown as Tool;

test('tools of servers are apart, by the names they have of them', () => {
  const clock = tool('time');
  const add = tool('notes_add_note', ['1', 'add note!']);
  const again = tool('notes_add_note_2', ['1', 'add_note']);
  const read = tool('files_read', ['2', 'read']);
  expect(byServer([again, add, clock, read])).toEqual({
    builtIn: [clock],
    servers: [
      { id: '2', name: 'files', tools: [read] },
      { id: '1', name: 'notes', tools: [again, add] },
    ],
  });
});

test('a server none of whose tools tells its name is there without', () => {
  const odd = tool('cut_off', ['1', 'cut_off_in_the_middle']);
  expect(byServer([odd]).servers).toEqual([{ id: '1', name: undefined, tools: [odd] }]);
});
