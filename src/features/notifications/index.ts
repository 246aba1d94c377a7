export { notify, type Channels, type NewNotification } from './notify.ts';
