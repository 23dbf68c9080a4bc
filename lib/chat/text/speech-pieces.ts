import type { Language } from '../language';

export interface SpeechPiece {
  text: string;
  language: Language;
}

/** About ten seconds of speech, in letters. Chrome goes silent during an utterance of more than 15 seconds. */
const LONGEST = 150;
/** A Chinese character takes as long to say as this many letters. */
const HAN_COST = 4;

const HAN = /\p{Script=Han}/u;
const LETTER = /\p{L}/u;
const SENTENCES = /[^.!?。！？…\n]+(?:[.!?。！？…]+["'”’)）」』】]*|\n|$)|[.!?。！？…]+/g;
const CLAUSES = /[^,;:，；：、]+[,;:，；：、]*|[,;:，；：、]+/g;

/** Splits a text into utterances of one or a few sentences, each in a single detected language. */
export function speechPieces(text: string): SpeechPiece[] {
  const sentences = (text.match(SENTENCES) ?? [])
    .flatMap(splitLong)
    .filter((one) => /[\p{L}\p{N}]/u.test(one));
  const pieces: SpeechPiece[] = [];
  for (const sentence of sentences) {
    const language = languageOf(sentence);
    const last = pieces.at(-1);
    const joined = last && `${last.text}${last.text.endsWith('\n') ? '' : ' '}${sentence}`;
    if (last && joined && last.language === language && costOf(joined) <= LONGEST) last.text = joined;
    else pieces.push({ text: sentence, language });
  }
  return pieces.map((piece) => ({ ...piece, text: piece.text.replace(/\s+/g, ' ').trim() }));
}

/** Chinese if at least a third of the letters are Chinese. */
function languageOf(text: string): Language {
  let han = 0;
  let letters = 0;
  for (const character of text) {
    if (HAN.test(character)) han += 1;
    if (LETTER.test(character)) letters += 1;
  }
  return han * 3 > letters ? 'zh' : 'en';
}

function costOf(text: string): number {
  let cost = 0;
  for (const character of text) cost += HAN.test(character) ? HAN_COST : 1;
  return cost;
}

/** Splits a sentence that is too long at its commas, else at its spaces, else anywhere. */
function splitLong(sentence: string): string[] {
  if (costOf(sentence) <= LONGEST) return [sentence];
  const parts = [CLAUSES, /\S+\s*/g].flatMap((where) =>
    (sentence.match(where) ?? []).length > 1 ? [where] : [],
  );
  const [where = /[\s\S]{1,30}/gu] = parts;
  return pack(
    (sentence.match(where) ?? []).flatMap((part) => (part === sentence ? [part] : splitLong(part))),
  );
}

/** Joins consecutive parts as long as they fit. */
function pack(parts: readonly string[]): string[] {
  const whole: string[] = [];
  for (const part of parts) {
    const last = whole.at(-1);
    if (last !== undefined && costOf(last + part) <= LONGEST) whole[whole.length - 1] = last + part;
    else whole.push(part);
  }
  return whole;
}
