import { useLingui } from '@lingui/react/macro';
import FileText from 'lucide-react/icons/file-text';
import { sizeText } from '../attachments/size-text.ts';
import type { ChatFile } from './message.ts';
import classes from './message-files.module.css';

/** The files of a message: images as they are, small; others by name. A click opens them. */
export function MessageFiles({ files }: { files: readonly ChatFile[] }) {
  const { t, i18n } = useLingui();
  if (files.length === 0) return null;
  return (
    <ul className={classes['files']} aria-label={t`Files`}>
      {files.map(({ attachment_id, filename, mediaType, size_bytes, url }) => (
        <li key={attachment_id}>
          <a
            className={classes['file']}
            href={url}
            target="_blank"
            rel="noreferrer"
            data-image={mediaType.startsWith('image/')}
          >
            {mediaType.startsWith('image/') ? (
              <img className={classes['image']} src={url} alt={filename} loading="lazy" decoding="async" />
            ) : (
              <>
                <FileText size={18} aria-hidden />
                <span className={classes['name']}>{filename}</span>
                <span className={classes['size']}>{sizeText(size_bytes, i18n.locale)}</span>
              </>
            )}
          </a>
        </li>
      ))}
    </ul>
  );
}
