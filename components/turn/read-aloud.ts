import { plainText } from '@/lib/chat/plain-text';
import { type SpeechPiece, speechPieces } from '@/lib/chat/speech-pieces';
import { beginReading } from './reading';

const LANGS = { en: 'en-US', zh: 'zh-CN' } as const;

/**
 * Reads a reply aloud by the browser's own voice, a piece after the other, until it ends, is stopped, or the page is
 * left. A voice that fails ends it.
 */
export function readAloud(turnId: string, markdown: string): void {
  const pieces = speechPieces(plainText(markdown, 'voice'));
  let isOver = false;

  const finish = () => {
    isOver = true;
    window.removeEventListener('pagehide', cancel);
    tellOver();
  };
  const cancel = () => {
    finish();
    speechSynthesis.cancel();
  };
  // Chrome reads on after the page is gone.
  window.addEventListener('pagehide', cancel);
  const tellOver = beginReading(turnId, cancel);

  const say = (index: number) => {
    const piece = pieces[index];
    if (isOver) return;
    if (!piece) return finish();
    const utterance = utter(piece);
    utterance.onend = () => say(index + 1);
    utterance.onerror = () => !isOver && finish();
    speechSynthesis.speak(utterance);
  };
  // Of another page, or of a reading that was paused: else nothing is heard.
  speechSynthesis.cancel();
  say(0);
}

function utter({ text, language }: SpeechPiece): SpeechSynthesisUtterance {
  const utterance = new SpeechSynthesisUtterance(text);
  utterance.lang = LANGS[language];
  const voices = speechSynthesis
    .getVoices()
    .filter(({ lang }) => lang.replace('_', '-').startsWith(language));
  const voice = voices.find(({ lang }) => lang.replace('_', '-') === LANGS[language]) ?? voices[0];
  if (voice) utterance.voice = voice;
  return utterance;
}
