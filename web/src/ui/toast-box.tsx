import '@mantine/notifications/styles.layer.css';
import { Notifications } from '@mantine/notifications';

export { notifications } from '@mantine/notifications';

export function ToastBox() {
  return <Notifications position="bottom-right" containerWidth={380} limit={4} />;
}
