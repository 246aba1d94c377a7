import { expect, test } from 'vitest';
import { changeOf, draftOf, requestOf } from './server-draft.ts';

test('a server by its address, with headers', () => {
  const draft = {
    ...draftOf(),
    name: ' github ',
    url: ' https://mcp.example.com/mcp ',
    secrets: 'Authorization: Bearer a:b\n\nX-Key:1',
  };
  expect(requestOf(draft)).toEqual({
    name: 'github',
    transport: 'http',
    url: 'https://mcp.example.com/mcp',
    headers: { Authorization: 'Bearer a:b', 'X-Key': '1' },
  });
});

test('a program, with arguments as they stand and its environment', () => {
  const draft = {
    ...draftOf(),
    name: 'files',
    transport: 'stdio' as const,
    command: 'npx',
    args: '-y\nsome package\n\n$HOME',
    secrets: 'API_KEY=a=b \nEMPTY',
  };
  expect(requestOf(draft)).toEqual({
    name: 'files',
    transport: 'stdio',
    command: 'npx',
    args: ['-y', 'some package', '$HOME'],
    env: { API_KEY: 'a=b ', EMPTY: '' },
  });
});

test('a change leaves the secrets as they are, unless some are written', () => {
  const server = {
    name: 'notes',
    transport: 'http' as const,
    url: 'https://a.example',
    command: null,
    args: [],
  };
  const draft = { ...draftOf(server), url: 'https://b.example' };
  expect(changeOf(draft)).toEqual({ name: 'notes', url: 'https://b.example' });
  expect(changeOf({ ...draft, secrets: 'X-Key: 2' })).toMatchObject({ headers: { 'X-Key': '2' } });
});
