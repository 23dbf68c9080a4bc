import type { Page } from '@playwright/test';

/** Replaces speech synthesis with a silent voice that records its text. Each piece lasts until `endPiece`. */
export async function installFakeVoice(page: Page): Promise<FakeVoice> {
  await page.addInitScript(() => {
    const said: { text: string; lang: string }[] = [];
    let now: SpeechSynthesisUtterance | null = null;
    const voice = {
      getVoices: () => [],
      speak(utterance: SpeechSynthesisUtterance) {
        said.push({ text: utterance.text, lang: utterance.lang });
        now = utterance;
      },
      cancel() {
        now = null;
      },
      end() {
        const ended = now;
        now = null;
        ended?.onend?.call(ended, new SpeechSynthesisEvent('end', { utterance: ended }));
      },
      said,
      isSpeaking: () => now !== null,
    };
    Object.defineProperty(window, 'speechSynthesis', { value: voice });
  });
  const ask = <T>(name: 'said' | 'isSpeaking' | 'end') =>
    page.evaluate((what) => {
      const value: unknown = Reflect.get(window.speechSynthesis, what);
      return (typeof value === 'function' ? value() : value) as T;
    }, name);
  return {
    said: () => ask('said'),
    isSpeaking: () => ask('isSpeaking'),
    endPiece: () => ask('end'),
  };
}

export interface FakeVoice {
  said(): Promise<{ text: string; lang: string }[]>;
  isSpeaking(): Promise<boolean>;
  endPiece(): Promise<void>;
}
