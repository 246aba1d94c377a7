import type { FilePart as ModelFile, ModelMessage, TextPart, UserContent } from 'ai';
import type { FilePart, MessagePart } from '../contract.ts';
import { filesOf, textOf } from '../parts.ts';
import type { ModelFacts } from './models.ts';

/** Bytes of a file of the user's; undefined when they are gone. */
export type ReadFile = (attachmentId: string) => Promise<Uint8Array | undefined>;

/** What a request may carry of files in all, and of one: the latest first, the rest is told of. */
const MAX_BYTES = 20 * 1024 * 1024;
const MAX_CHARACTERS = 100_000;
const MAX_FILE_CHARACTERS = 40_000;
/** Anthropic takes 5 MB of base64 (https://docs.claude.com/en/docs/build-with-claude/vision). */
const MAX_ANTHROPIC_IMAGE = 3_900_000;

const OFFLINE = 'builtin/';

/** What a user has written, with a mark for each file: `showFiles` puts in its place what a model can read. */
export function userContent(parts: MessagePart[]): UserContent {
  const text = textOf(parts);
  const files = filesOf(parts);
  if (files.length === 0) return text;
  return [...(text === '' ? [] : [{ type: 'text' as const, text }]), ...files.map(mark)];
}

function mark({ attachment_id, filename, mediaType, size_bytes }: FilePart): ModelFile {
  const reference = { attachment: attachment_id, size: String(size_bytes) };
  return { type: 'file', filename, mediaType, data: { type: 'reference', reference } };
}

interface Marked {
  id: string;
  name: string;
  mediaType: string;
  size: number;
}

function markedIn(part: Exclude<UserContent, string>[number]): Marked | undefined {
  if (part.type !== 'file') return undefined;
  const { data, filename = 'file', mediaType } = part;
  if (typeof data !== 'object' || !('type' in data) || data.type !== 'reference') return undefined;
  const { attachment, size } = data.reference as Record<string, string>;
  if (attachment === undefined) return undefined;
  return { id: attachment, name: filename, mediaType, size: Number(size) };
}

function sizeInWords(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function line({ name, mediaType, size }: Marked, why: string): TextPart {
  const what = `${JSON.stringify(name)} (${mediaType}, ${sizeInWords(size)})`;
  return { type: 'text', text: `[A file ${what} is attached, ${why}.]` };
}

/** Fenced so that nothing within ends the fence. */
function textBlock(file: Marked, text: string, room: number): TextPart {
  const shown = text.slice(0, room).toWellFormed();
  const longest = Math.max(2, ...(shown.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const cut = shown.length < text.length ? `, cut after ${shown.length} of ${text.length} characters` : '';
  return {
    type: 'text',
    text: `[The attached file ${JSON.stringify(file.name)} (${file.mediaType})${cut}:]\n${fence}\n${shown}\n${fence}`,
  };
}

function isText({ mediaType }: Marked): boolean {
  return mediaType.startsWith('text/') || mediaType === 'application/json';
}

/** Why a model gets no bytes of it; undefined when it does. */
function notShown({ mediaType, size }: Marked, model: string, accepts: ModelFacts['accepts'], room: number) {
  const isImage = mediaType.startsWith('image/');
  if (!(isImage ? accepts.images : accepts.pdf)) return "which this model can't read";
  if (isImage && model.startsWith('anthropic/') && size > MAX_ANTHROPIC_IMAGE)
    return 'which is too large for this model to look at';
  return size > room ? 'which is not shown here any more' : undefined;
}

interface ShowFilesOptions {
  /** `provider/model`. */
  model: string;
  accepts: ModelFacts['accepts'];
  read: ReadFile;
}

/** The messages with as much of their files as the model can read, and for the others a line that says they are there. */
export async function showFiles(
  messages: ModelMessage[],
  { model, accepts, read }: ShowFilesOptions,
): Promise<ModelMessage[]> {
  let bytes = MAX_BYTES;
  let characters = MAX_CHARACTERS;

  async function contentOf(file: Marked): Promise<TextPart | ModelFile> {
    // It reads nothing, and what it has to say of files it says by their names.
    if (model.startsWith(OFFLINE)) {
      return { type: 'file', filename: file.name, mediaType: file.mediaType, data: new Uint8Array(1) };
    }
    const room = isText(file) ? Math.min(characters, MAX_FILE_CHARACTERS) : bytes;
    const why = isText(file)
      ? room === 0 && 'which is not shown here any more'
      : notShown(file, model, accepts, room);
    if (why) return line(file, why);
    const data = await read(file.id);
    if (!data) return line(file, 'which is not there any more');
    if (!isText(file)) {
      bytes -= data.length;
      return { type: 'file', filename: file.name, mediaType: file.mediaType, data };
    }
    const text = new TextDecoder().decode(data);
    characters -= Math.min(text.length, room);
    return textBlock(file, text, room);
  }

  const shown: ModelMessage[] = [];
  for (const message of messages.toReversed()) {
    if (message.role !== 'user' || typeof message.content === 'string') {
      shown.unshift(message);
      continue;
    }
    const content: Exclude<UserContent, string> = [];
    for (const part of message.content) {
      const file = markedIn(part);
      content.push(file ? await contentOf(file) : part);
    }
    shown.unshift({ ...message, content });
  }
  return shown;
}
