export type { Attachment } from './contract.ts';
export { filesToExport } from './export.ts';
export { readAttachment } from './read.ts';
export { attachmentsToSend, markSent } from './send.ts';
