export type { Channel, Message, MessagePart, Thread, ToolPart } from './contract.ts';
export { loadTurns } from './jobs.ts';
export { isToolPart, textOf, toolName } from './parts.ts';
export { sendMessage, type NewUserMessage } from './send-message.ts';
export { mainThread, stopTurn } from './service.ts';
export { speak, type Spoken } from './speak.ts';
