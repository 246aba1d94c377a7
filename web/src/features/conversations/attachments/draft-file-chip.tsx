import { ActionIcon, Loader, RingProgress, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import FileText from 'lucide-react/icons/file-text';
import RotateCw from 'lucide-react/icons/rotate-cw';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import X from 'lucide-react/icons/x';
import type { DraftFile } from './draft-file.ts';
import { isKept } from './draft-files.ts';
import { sizeText } from './size-text.ts';
import classes from './draft-files.module.css';

interface DraftFileChipProps {
  file: DraftFile;
  onRemove: () => void;
  onAgain: () => void;
}

function Picture({ state }: Pick<DraftFile, 'state'>) {
  if (state.is === 'failed') return <TriangleAlert size={18} aria-hidden />;
  if (state.is === 'uploading') {
    const value = Math.round(state.share * 100);
    // All is sent, and the server looks at it.
    if (value === 100) return <Loader size={18} aria-hidden />;
    return <RingProgress size={22} thickness={3} sections={[{ value, color: 'indigo' }]} aria-hidden />;
  }
  const { mediaType, url } = state.file;
  if (mediaType.startsWith('image/')) return <img className={classes['image']} src={url} alt="" />;
  return <FileText size={18} aria-hidden />;
}

/** One file beside the message that is written. */
export function DraftFileChip({ file, onRemove, onAgain }: DraftFileChipProps) {
  const { t, i18n } = useLingui();
  const { key, name, size, state } = file;
  return (
    <li className={classes['chip']} data-state={state.is}>
      <Picture state={state} />
      <div className={classes['words']}>
        <span className={classes['name']}>{name}</span>
        {state.is === 'failed' ? (
          <Text size="xs" className={classes['bad'] ?? ''} role="alert">
            {state.why ?? <Trans>Famulus does not answer.</Trans>}
          </Text>
        ) : (
          <Text size="xs" className={classes['quiet'] ?? ''}>
            {state.is === 'uploading' ? <Trans>Uploading…</Trans> : sizeText(size, i18n.locale)}
          </Text>
        )}
      </div>
      {state.is === 'failed' && isKept(key) && (
        <ActionIcon variant="subtle" color="gray" aria-label={t`Upload ${name} again`} onClick={onAgain}>
          <RotateCw size={16} aria-hidden />
        </ActionIcon>
      )}
      <ActionIcon variant="subtle" color="gray" aria-label={t`Remove ${name}`} onClick={onRemove}>
        <X size={16} aria-hidden />
      </ActionIcon>
    </li>
  );
}
