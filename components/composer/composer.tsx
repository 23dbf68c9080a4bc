import { type KeyboardEvent, useRef } from 'react';
import { isTooLong } from '@/lib/chat/content';
import { chooseModel, send, setDraft, stop } from '@/lib/client/actions';
import { type ConversationView, useChosenModel, useDraft, useModels, usePending } from '@/lib/client/hooks';
import type { AssistantView } from '../assistants';
import { useNotices } from '../notices/notices';
import { useMediaQuery } from '../ui/use-media-query';
import { useWords } from '../words';
import styles from './composer.module.css';
import { ComposerNote, NOTE_ID } from './composer-note';
import { sends } from './enter-key';
import { ModelChooser } from './model-chooser';
import { SendButton } from './send-button';
import { useAutoGrow } from './use-auto-grow';

/** The text field's id, for those who lead the focus to it. */
export const COMPOSER_ID = 'composer';

interface ComposerProps {
  assistant: AssistantView;
  conversation: ConversationView;
}

/** Where a person writes. The text stays until the server has acknowledged it; the client clears the draft then. */
export function Composer({ assistant, conversation }: ComposerProps) {
  const { composer } = useWords();
  const draft = useDraft(assistant.id);
  const { models } = useModels();
  const chosen = useChosenModel(assistant.id);
  const { report } = useNotices();
  const pending = usePending(conversation.sessionId);
  const touchKeyboard = useMediaQuery('(pointer: coarse)');
  const field = useRef<HTMLTextAreaElement>(null);
  useAutoGrow(field, draft);

  const replying = conversation.activeTurnId !== null;
  const tooLong = isTooLong(draft);
  // These very words are on their way. Others may follow them: they wait their turn.
  const sending = pending.some(({ state, content }) => state === 'sending' && content === draft);
  const ready = draft.trim() !== '' && !tooLong && !replying && !sending;

  const submit = () => {
    if (ready) void send({ assistantId: assistant.id, content: draft });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const { key, shiftKey, altKey, ctrlKey, metaKey, nativeEvent } = event;
    const { keyCode, isComposing } = nativeEvent;
    if (!sends({ key, keyCode, isComposing, shiftKey, altKey, ctrlKey, metaKey }, touchKeyboard)) return;
    event.preventDefault();
    submit();
  };

  return (
    <div className={styles.box} data-sending={sending || undefined}>
      <textarea
        ref={field}
        id={COMPOSER_ID}
        className={styles.text}
        rows={1}
        dir="auto"
        enterKeyHint={touchKeyboard ? 'enter' : 'send'}
        placeholder={composer.label(assistant.name)}
        aria-label={composer.label(assistant.name)}
        aria-invalid={tooLong || undefined}
        aria-describedby={NOTE_ID}
        value={draft}
        onChange={(event) => setDraft(assistant.id, event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div className={styles.bar}>
        <ModelChooser models={models} chosen={chosen} choose={(id) => chooseModel(assistant.id, id)} />
        <ComposerNote draft={draft} tooLong={tooLong} conversation={conversation} />
        <SendButton replying={replying} ready={ready} send={submit} stop={() => report(stop())} />
      </div>
    </div>
  );
}
