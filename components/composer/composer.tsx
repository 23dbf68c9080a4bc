import { type ClipboardEvent, type KeyboardEvent, type RefObject, useLayoutEffect, useRef } from 'react';
import { isLargePaste } from '@/lib/chat/text/paste';
import {
  addPaste,
  attachImages,
  cancelEdit,
  cancelQueuedSend,
  chooseModel,
  editLast,
  send,
  sendAfterUploads,
  setDraft,
  stop,
} from '@/lib/client/actions';
import { type ConversationView, useChosenModel, useEditing, useModels } from '@/lib/client/hooks';
import { useNotices } from '../notices/notices';
import { LazyPart, useLazyPart } from '../ui/lazy/lazy-part';
import { useMediaQuery } from '../ui/use-media-query';
import type { AssistantView } from '../use-assistants';
import { useStrings } from '../use-strings';
import { AttachButton } from './attachments/attach-button';
import styles from './composer.module.css';
import { COMPOSER_ID, focusComposerAfter } from './composer-focus';
import { isEditLastKey, isSendKey } from './composer-keys';
import { ContextGauge } from './context-gauge';
import { ModelChooser } from './model-chooser';
import { ComposerNote, NOTE_ID } from './notes/composer-note';
import { EditingNote } from './notes/editing-note';
import { SendButton } from './send-button';
import { useComposedMessage } from './use-composed-message';

export const ATTACHMENTS = new LazyPart(() =>
  import('./attachments/attachments').then(({ Attachments }) => Attachments),
);
const IMAGE_NOTES = new LazyPart(() => import('./notes/image-notes').then(({ ImageNotes }) => ImageNotes));

interface ComposerProps {
  assistant: AssistantView;
  conversation: ConversationView;
}

/** The message box. It keeps the message until the server has acknowledged it; the client then clears the draft. */
export function Composer({ assistant, conversation }: ComposerProps) {
  const { composer } = useStrings();
  const { models } = useModels();
  const chosen = useChosenModel(assistant.id);
  const { report } = useNotices();
  const editing = useEditing(conversation.sessionId);
  const message = useComposedMessage(assistant.id, conversation.sessionId);
  const Attachments = useLazyPart(ATTACHMENTS, message.hasAttachments);
  const ImageNotes = useLazyPart(IMAGE_NOTES, message.hasAttachments);
  const isTouchKeyboard = useMediaQuery('(pointer: coarse)');
  const field = useRef<HTMLTextAreaElement>(null);
  useAutoGrow(field, message.text);

  const isReplying = conversation.activeTurnId !== null;
  const { isEmpty, isTooLong, isSending, canSend, canQueue } = message;
  const submit = () => {
    const { content, images } = message;
    if (canSend) void send({ assistantId: assistant.id, content, images });
    else if (canQueue) sendAfterUploads(assistant.id);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const { key, shiftKey, altKey, ctrlKey, metaKey, nativeEvent } = event;
    const { keyCode, isComposing } = nativeEvent;
    const pressed = { key, keyCode, isComposing, shiftKey, altKey, ctrlKey, metaKey };
    if (isSendKey(pressed, isTouchKeyboard)) submit();
    else if (isEditLastKey(pressed) && isEmpty) focusComposerAfter(() => editLast(assistant.id));
    else if (key === 'Escape' && editing && !isComposing) cancelEdit(assistant.id);
    else return;
    event.preventDefault();
  };

  return (
    <div className={styles.box} data-sending={isSending || undefined}>
      {editing && <EditingNote cancel={() => cancelEdit(assistant.id)} />}
      {Attachments && <Attachments assistantId={assistant.id} />}
      <textarea
        ref={field}
        id={COMPOSER_ID}
        className={styles.text}
        rows={1}
        dir="auto"
        enterKeyHint={isTouchKeyboard ? 'enter' : 'send'}
        placeholder={composer.label(assistant.name)}
        aria-label={composer.label(assistant.name)}
        aria-invalid={isTooLong || undefined}
        aria-describedby={NOTE_ID}
        value={message.text}
        onChange={(event) => {
          cancelQueuedSend(assistant.id);
          setDraft(assistant.id, event.target.value);
        }}
        onKeyDown={onKeyDown}
        onPaste={(event) => paste(assistant.id, event)}
      />
      {ImageNotes && <ImageNotes assistantId={assistant.id} message={message} />}
      <div className={styles.bar}>
        <AttachButton assistantId={assistant.id} />
        <ModelChooser models={models} chosen={chosen} choose={(id) => chooseModel(assistant.id, id)} />
        <ComposerNote message={message} conversation={conversation} />
        <div className={styles.end}>
          <ContextGauge assistantId={assistant.id} sessionId={conversation.sessionId} />
          <SendButton
            isReplying={isReplying}
            hasMessage={!isEmpty}
            canSend={canSend || canQueue}
            send={submit}
            stop={() => report(stop())}
          />
        </div>
      </div>
    </div>
  );
}

/**
 * Pasted images are attached and long text becomes a block; the browser inserts everything else. A spreadsheet cell
 * brings its text and a picture of it: the text wins.
 */
function paste(assistantId: string, event: ClipboardEvent): void {
  const { clipboardData } = event;
  const text = clipboardData.getData('text/plain').replaceAll('\r\n', '\n');
  const files = [...clipboardData.files];
  if (text === '' && files.length > 0) attachImages(assistantId, files);
  else if (isLargePaste(text)) addPaste(assistantId, text);
  else return;
  event.preventDefault();
}

/** Grows the field with its text in browsers without `field-sizing`. The style sheet sets the limit. */
function useAutoGrow(field: RefObject<HTMLTextAreaElement | null>, text: string): void {
  useLayoutEffect(() => {
    const element = field.current;
    if (!element || CSS.supports('field-sizing', 'content')) return;
    element.style.height = 'auto';
    // An empty field keeps the height of its one row, not the height of its placeholder.
    if (text !== '') element.style.height = `${element.scrollHeight}px`;
  }, [field, text]);
}
