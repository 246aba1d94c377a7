import { describe, expect, test } from 'vitest';
import type { Approval } from '#features/approvals/index.ts';
import type { CallTraits } from '#features/tools/index.ts';
import type { PendingCall } from '../parts.ts';
import { rule, type Circumstances } from './ruling.ts';
import { assistantTool, type TurnTool } from './turn-tool.ts';

const tool: TurnTool = {
  id: 'tool-1',
  name: 'pay',
  tool_type: 'http',
  description: 'Pays',
  input_schema: null,
  config: {},
  approval: 'auto',
  sub_assistant_id: null,
  executor: assistantTool,
};

const call: PendingCall = {
  type: 'tool-pay',
  toolCallId: 'a',
  input: { to: 'Ann', sum: { usd: 5, cents: [1, 2] } },
  toolMetadata: { step: 1 },
  state: 'input-available',
};

const begun: PendingCall = { ...call, toolMetadata: { step: 1, began: true } };

function traits(more: Partial<CallTraits> = {}): CallTraits {
  return { effect: 'outside', taints: false, after_crash: 'ask', ...more };
}

function approval(more: Partial<Approval> = {}): Approval {
  return {
    id: 'approval-1',
    thread_id: 't',
    message_id: 'm',
    tool_call_id: 'a',
    request: {
      tool: 'pay',
      tool_id: 'tool-1',
      // As jsonb gives it back: other keys first.
      arguments: { sum: { cents: [1, 2], usd: 5 }, to: 'Ann' },
      reasons: ['policy'],
      assistant_id: 's',
      assistant: 'Secretary',
    },
    status: 'approved',
    decided_at: null,
    decided_via: null,
    used_at: null,
    expires_at: new Date(0),
    created_at: new Date(0),
    updated_at: new Date(0),
    ...more,
  };
}

function ruled(more: Partial<Circumstances>) {
  return rule({ tool, call, traits: traits(), tainted: false, approvals: [], ...more });
}

describe('a call is carried out', () => {
  test('when nothing asks', () => {
    expect(ruled({})).toEqual({ type: 'run' });
    expect(ruled({ tainted: true, traits: traits({ effect: 'none' }) })).toEqual({ type: 'run' });
    expect(ruled({ call: begun, traits: traits({ after_crash: 'repeat' }) })).toEqual({ type: 'run' });
  });

  test('with the approval for exactly this, which it uses up', () => {
    const given = approval();
    const asking = { ...tool, approval: 'ask' as const };
    expect(ruled({ tool: asking, approvals: [given] })).toEqual({ type: 'run', approval: given });
    const warned = approval({ request: { ...approval().request, reasons: ['tainted'] } });
    expect(ruled({ tainted: true, approvals: [warned] })).toEqual({ type: 'run', approval: warned });
  });

  test('again after a crash with the approval it began with, where repeating does no harm', () => {
    const asking = { ...tool, approval: 'ask' as const };
    const used = approval({ used_at: new Date(1) });
    const repeatable = traits({ after_crash: 'repeat' });
    expect(ruled({ tool: asking, call: begun, traits: repeatable, approvals: [used] })).toEqual({
      type: 'run',
    });
  });
});

describe('the user is asked', () => {
  test.each<[string, Partial<Circumstances>, string[]]>([
    ['when the policy says so', { tool: { ...tool, approval: 'ask' } }, ['policy']],
    ['when the turn is tainted and the call reaches out', { tainted: true }, ['tainted']],
    ['when the tool is another than it was', { tool: { ...tool, config: { changed: true } } }, ['changed']],
    ['when it was begun and nobody knows its end', { call: begun }, ['uncertain']],
    [
      'again for a begun call whose approval is used up',
      { call: begun, approvals: [approval({ used_at: new Date(1) })] },
      ['uncertain'],
    ],
    [
      'again when the approval is for other arguments',
      {
        tainted: true,
        approvals: [
          approval({ request: { ...approval().request, arguments: { to: 'Eve', sum: { usd: 5 } } } }),
        ],
      },
      ['tainted'],
    ],
    [
      'again when the approval is for another tool of this name',
      { tainted: true, approvals: [approval({ request: { ...approval().request, tool_id: 'tool-2' } })] },
      ['tainted'],
    ],
    [
      'again when there is a reason that was not told',
      { tool: { ...tool, config: { changed: true } }, approvals: [approval()] },
      ['changed'],
    ],
    [
      'still, while it is undecided',
      { tainted: true, approvals: [approval({ status: 'pending' })] },
      ['tainted'],
    ],
    [
      'again when a used approval is all there is',
      { tainted: true, approvals: [approval({ used_at: new Date(1) })] },
      ['tainted'],
    ],
  ])('%s', (_, circumstances, reasons) => {
    expect(ruled(circumstances)).toEqual({ type: 'ask', reasons });
  });
});

describe('a call is refused', () => {
  test.each<[string, Partial<Circumstances>, string, 'refused' | 'late']>([
    [
      'when the policy says so',
      { tool: { ...tool, approval: 'deny' } },
      'does not allow the tool',
      'refused',
    ],
    [
      'whatever was approved, when the policy says so by now',
      { tool: { ...tool, approval: 'deny' }, approvals: [approval()] },
      'does not allow the tool',
      'refused',
    ],
    [
      'when the user refused it',
      { approvals: [approval({ status: 'rejected' })] },
      'did not allow this call',
      'refused',
    ],
    ['when nobody decided in time', { approvals: [approval({ status: 'expired' })] }, 'in time', 'late'],
  ])('%s', (_, circumstances, words, reason) => {
    expect(ruled(circumstances)).toMatchObject({
      type: 'refuse',
      error: expect.stringContaining(words) as string,
      reason,
    });
  });
});
