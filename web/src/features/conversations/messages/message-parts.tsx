import { ToolCard } from '../tools/tool-card.tsx';
import { isAwaiting, isText, isOver, type ChatMessage } from './message.ts';
import { MessageFiles } from './message-files.tsx';
import { MessageText } from './message-text.tsx';
import { Typing } from './typing.tsx';

/** What a reply is made of, in order: texts and calls of tools. */
export function MessageParts({ message }: { message: ChatMessage }) {
  const last = message.parts.at(-1);
  const isWorking = !isOver(message) && !isAwaiting(message) && !(last && isText(last) && last.text !== '');
  return (
    <>
      {message.parts.map((part, index) =>
        isText(part) ? (
          // Parts only come at the end.
          // oxlint-disable-next-line react/no-array-index-key
          <MessageText key={index} text={part.text} />
        ) : part.type === 'file' ? (
          <MessageFiles key={part.attachment_id} files={[part]} />
        ) : (
          <ToolCard key={part.toolCallId} tool={part} />
        ),
      )}
      {isWorking && <Typing />}
    </>
  );
}
