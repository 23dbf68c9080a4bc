import { LANGUAGE_ROWS } from '@/lib/chat/language';
import { plainText } from '@/lib/chat/text/plain-text';
import { type SpeechPiece, speechPieces } from '@/lib/chat/text/speech-pieces';
import { beginReading } from './use-reading';

/**
 * Reads a reply aloud with the browser's speech synthesis, one piece after another, until it ends, fails, is stopped,
 * or the page is left.
 */
export function readAloud(turnId: string, markdown: string): void {
  const pieces = speechPieces(plainText(markdown, 'voice'));
  let isOver = false;

  const finish = () => {
    isOver = true;
    window.removeEventListener('pagehide', cancel);
    ended();
  };
  const cancel = () => {
    finish();
    speechSynthesis.cancel();
  };
  // Chrome keeps reading after the page is gone.
  window.addEventListener('pagehide', cancel);
  const ended = beginReading(turnId, cancel);

  const speak = (index: number) => {
    const piece = pieces[index];
    if (isOver) return;
    if (!piece) return finish();
    const utterance = utteranceOf(piece);
    utterance.onend = () => speak(index + 1);
    utterance.onerror = () => !isOver && finish();
    speechSynthesis.speak(utterance);
  };
  // Nothing is heard while an utterance of another page, or a paused one, is still in the queue.
  speechSynthesis.cancel();
  speak(0);
}

function utteranceOf({ text, language }: SpeechPiece): SpeechSynthesisUtterance {
  const utterance = new SpeechSynthesisUtterance(text);
  const { voice: tag } = LANGUAGE_ROWS[language];
  utterance.lang = tag;
  const voices = speechSynthesis
    .getVoices()
    .filter(({ lang }) => lang.replace('_', '-').startsWith(language));
  const voice = voices.find(({ lang }) => lang.replace('_', '-') === tag) ?? voices[0];
  if (voice) utterance.voice = voice;
  return utterance;
}
