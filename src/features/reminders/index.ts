export { reminderKind } from './fire.ts';
export { startWording } from './spoken/prepare.ts';
export { reminderTool } from './tools.ts';
export { findShownReminder } from './service.ts';
