import { askApprovals } from '#features/approvals/index.ts';
import { messageEvent } from '../events.ts';
import { closeText } from '../parts.ts';
import { callPath, type TurnRun } from './turn-run.ts';
import { withApprovals } from './with-approvals.ts';

/**
 * Ends this start of a turn that can do nothing more without the user: what it waits for is asked, and the lane goes on
 * with later messages. A decision enqueues the turn again.
 */
export async function waitForApproval({ writer, asked }: TurnRun, model: string | null): Promise<void> {
  const { reply } = writer;
  await writer.finish({ status: 'awaiting_approval', model }, async (tx) => {
    const open = await askApprovals(
      tx,
      reply.user_id,
      reply.id,
      asked.map(({ path, call, tool, reasons, assistant }) => ({
        thread_id: reply.thread_id,
        tool_call_id: callPath(path),
        request: {
          tool: tool.name,
          tool_id: tool.id,
          arguments: call.input,
          reasons,
          assistant_id: assistant.id,
          assistant: assistant.name,
        },
      })),
    );
    const parts = withApprovals(closeText(writer.parts()), open);
    await writer.rewrite(tx, parts);
    tx.emit(messageEvent('message.reset', { ...reply, status: 'awaiting_approval' }));
  });
}
