import { describe, expect, test } from 'vitest';
import {
  changeOf,
  changesSecrets,
  draftOf,
  emptyTool,
  isWhole,
  newToolOf,
  readSchema,
  type ToolDraft,
} from './tool-draft.ts';
import type { Tool } from './tool.ts';

describe('a schema that was written', () => {
  test.each([
    ['', { schema: null }],
    ['  ', { schema: null }],
    ['{"type":"object"}', { schema: { type: 'object' } }],
    ['{"type":', { fault: 'not_json' }],
    ['[1]', { fault: 'not_an_object' }],
    ['null', { fault: 'not_an_object' }],
    ['"object"', { fault: 'not_an_object' }],
  ])('%j', (text, read) => {
    expect(readSchema(text)).toEqual(read);
  });
});

test('only what was changed of a tool is sent; blanks in the schema are no change', () => {
  const before = { ...emptyTool, name: 'ask_cook', description: 'Knows food', schema: '{"type":"object"}' };
  expect(changeOf(before, { ...before, schema: '{ "type": "object" }' }, {})).toEqual({});
  expect(changeOf(before, { ...before, schema: '', approval: 'ask' }, {})).toEqual({
    approval: 'ask',
    input_schema: null,
  });
});

const config = {
  method: 'POST',
  url: 'https://home.example/rooms/{room}',
  query: { n: 3, unit: '{unit}' },
  headers: { 'X-Unit': 'c' },
  secret_headers: { Authorization: true },
  body: { level: '{level}' },
  timeout_s: 5,
  idempotency_header: 'Idempotency-Key',
  of_a_later_version: [1],
};

const lamps: Tool = {
  id: '019a0000-0000-7000-8000-000000000001',
  user_id: '019a0000-0000-7000-8000-000000000002',
  name: 'lamps',
  tool_type: 'http',
  description: 'Lamps at home',
  input_schema: { type: 'object' },
  assistant_id: null,
  config,
  approval: 'auto',
  is_active: true,
  created_at: '2026-11-21T10:00:00Z',
  updated_at: '2026-11-21T10:00:00Z',
};

const before = draftOf(lamps);
const edited = (change: Partial<ToolDraft['http']>): ToolDraft => ({
  ...before,
  http: { ...before.http, ...change },
});

describe('a tool that calls an address', () => {
  test('is unchanged until something of it is edited', () => {
    expect(changeOf(before, draftOf(lamps), config)).toEqual({});
    expect(changeOf(before, { ...before, name: 'lights' }, config)).toEqual({ name: 'lights' });
  });

  test('keeps its secrets and what the form does not know; a number stays one', () => {
    const after = edited({ url: 'https://home.example/lamps/{room}' });
    const url = 'https://home.example/lamps/{room}';
    expect(changeOf(before, after, config)).toEqual({ config: { ...config, url } });
    expect(changesSecrets(before, after)).toBe(false);
  });

  test('has another secret, or one less', () => {
    const [secret] = before.http.secret_headers;
    const other = edited({ secret_headers: [{ ...secret!, value: 'Bearer x' }] });
    const secret_headers = { Authorization: 'Bearer x' };
    expect(changeOf(before, other, config)).toEqual({ config: { ...config, secret_headers } });
    const { secret_headers: _, ...without } = config;
    const removed = edited({ secret_headers: [] });
    expect(changeOf(before, removed, config)).toEqual({ config: without });
    expect([changesSecrets(before, other), changesSecrets(before, removed)]).toEqual([true, true]);
  });

  test('is made of what was filled in, and of nothing else', () => {
    const row = { key: '1', name: '', value: '' };
    const draft: ToolDraft = {
      ...emptyTool,
      tool_type: 'http',
      name: ' lamp ',
      description: 'A lamp',
      assistant_id: 'left over from the other kind',
      http: { ...emptyTool.http, url: ' https://home.example/ ', headers: [row], body: 'rest' },
    };
    expect(isWhole(draft, { isNew: true })).toBe(true);
    expect(isWhole({ ...draft, http: emptyTool.http }, { isNew: true })).toBe(false);
    expect(newToolOf(draft)).toEqual({
      tool_type: 'http',
      name: 'lamp',
      description: 'A lamp',
      assistant_id: null,
      approval: 'auto',
      input_schema: null,
      // A GET has no body.
      config: { method: 'GET', url: 'https://home.example/' },
    });
  });
});

test('a tool that asks an assistant says nothing of a request', () => {
  const draft = { ...emptyTool, name: 'ask_cook', description: 'Knows food', assistant_id: 'a' };
  expect(newToolOf(draft)).not.toHaveProperty('config');
  expect(newToolOf(draft)).toMatchObject({ tool_type: 'sub_assistant', assistant_id: 'a' });
});
