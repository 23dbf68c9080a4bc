import { useRef } from 'react';
import { attachImages } from '@/lib/client/actions';
import { IconButton } from '../../ui/icon-button';
import { useStrings } from '../../use-strings';

/** Listed one by one, so that phones offer the camera and iOS converts its HEIC photos to JPEG. */
const ACCEPTED = 'image/png,image/jpeg,image/webp,image/gif';

export function AttachButton({ assistantId }: { assistantId: string }) {
  const { attachments } = useStrings();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton icon="image" label={attachments.add} onClick={() => input.current?.click()} />
      <input
        ref={input}
        type="file"
        accept={ACCEPTED}
        multiple
        hidden
        onChange={({ target }) => {
          attachImages(assistantId, [...(target.files ?? [])]);
          // Otherwise choosing the same file again would fire no event.
          target.value = '';
        }}
      />
    </>
  );
}
