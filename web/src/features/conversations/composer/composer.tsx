import { ActionIcon, Textarea, Tooltip } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import ArrowUp from 'lucide-react/icons/arrow-up';
import { useEffect, useRef, useState, type ClipboardEvent, type KeyboardEvent } from 'react';
import { AttachButton } from '../attachments/attach-button.tsx';
import { readyFiles } from '../attachments/draft-file.ts';
import { DraftFileList } from '../attachments/draft-file-list.tsx';
import { clearFiles } from '../attachments/draft-files.ts';
import { DropHint } from '../attachments/drop-hint.tsx';
import { useAttaching } from '../attachments/use-attaching.ts';
import { useFileDrop } from '../attachments/use-file-drop.ts';
import { filesOf, textOf, type ChatFile, type ChatMessage } from '../messages/message.ts';
import { composerAction, MAX_LENGTH } from './composer-keys.ts';
import { ComposerNote } from './composer-note.tsx';
import { keepDraft, readDraft } from './draft.ts';
import { EditNote } from './edit-note.tsx';
import { StopButton } from './stop-button.tsx';
import classes from './composer.module.css';

const TOUCH = '(hover: none) and (pointer: coarse)';

interface ComposerProps {
  threadId: string;
  /** The message that is edited. */
  editing: ChatMessage | undefined;
  /** The turn that can be stopped. */
  running: string | undefined;
  onSend: (text: string, files?: ChatFile[]) => void;
  onEditLast: () => void;
  onLeaveEdit: () => void;
}

/** Where one writes: what is not sent yet is kept, by thread; an edit leaves it alone. */
export function Composer(props: ComposerProps) {
  const { threadId, editing, running } = props;
  const { t } = useLingui();
  const field = useRef<HTMLTextAreaElement>(null);
  const [draft, setDraft] = useState(() => readDraft(threadId));
  const [edit, setEdit] = useState<{ id: string; text: string }>();
  if (editing?.id !== edit?.id) setEdit(editing && { id: editing.id, text: textOf(editing) });

  const text = edit?.text ?? draft;
  const { files, add } = useAttaching(threadId);
  // An edited message keeps its files.
  const isAttaching = editing === undefined;
  const isDropping = useFileDrop((dropped) => isAttaching && add(dropped));
  const ready = readyFiles(files);
  const isComing = isAttaching && ready.length < files.length;
  const hasFiles = isAttaching ? ready.length > 0 : filesOf(editing).length > 0;
  const isEmpty = text.trim() === '' && !hasFiles;
  const isTooLong = text.length > MAX_LENGTH;

  useEffect(() => {
    if (edit?.id === undefined) return;
    field.current?.focus();
    field.current?.setSelectionRange(-1, -1);
  }, [edit?.id]);

  const write = (next: string) => {
    if (edit) {
      setEdit({ ...edit, text: next });
    } else {
      setDraft(next);
      keepDraft(threadId, next);
    }
  };
  const send = () => {
    if (isEmpty || isTooLong || isComing) return;
    if (edit) {
      props.onSend(text);
    } else {
      write('');
      clearFiles(threadId);
      props.onSend(text, ready);
    }
    field.current?.focus();
  };
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const { isComposing } = event.nativeEvent;
    const action = composerAction(
      { ...pick(event), isComposing },
      { isTouch: matchMedia(TOUCH).matches, isEmpty: text === '', isEditing: edit !== undefined },
    );
    if (!action) return;
    event.preventDefault();
    if (action === 'send') send();
    else if (action === 'edit-last') props.onEditLast();
    else props.onLeaveEdit();
  };

  const paste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    const pasted = [...event.clipboardData.files];
    // What offers words as well (a table, a page) is meant as words.
    if (!isAttaching || pasted.length === 0 || event.clipboardData.types.includes('text/plain')) return;
    event.preventDefault();
    add(pasted);
  };

  return (
    <form
      className={classes['composer']}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {edit && <EditNote onLeave={props.onLeaveEdit} />}
      {isAttaching && isDropping && <DropHint />}
      {isAttaching && <DraftFileList threadId={threadId} files={files} />}
      <div className={classes['row']}>
        {isAttaching && <AttachButton onFiles={add} />}
        <Textarea
          data-composer
          ref={field}
          className={classes['field'] ?? ''}
          aria-label={t`Message`}
          placeholder={t`Write a message`}
          size="md"
          autosize
          minRows={1}
          maxRows={9}
          value={text}
          error={isTooLong}
          onChange={(event) => write(event.currentTarget.value)}
          onKeyDown={press}
          onPaste={paste}
        />
        {running !== undefined && <StopButton threadId={threadId} turnId={running} />}
        <Tooltip label={edit ? t`Send the edited message` : t`Send`}>
          <ActionIcon
            type="submit"
            size={42}
            radius="xl"
            aria-label={edit ? t`Send the edited message` : t`Send`}
            disabled={isEmpty || isTooLong || isComing}
          >
            <ArrowUp size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </div>
      <ComposerNote length={text.length} />
    </form>
  );
}

/** Safari tells an input method's Enter by keyCode alone. */
// oxlint-disable-next-line typescript/no-deprecated
function pick({ key, keyCode, shiftKey, altKey, ctrlKey, metaKey }: KeyboardEvent) {
  return { key, keyCode, shiftKey, altKey, ctrlKey, metaKey };
}
