import type { Language } from './language';

export interface SpeechPiece {
  text: string;
  language: Language;
}

/** About ten seconds: Chrome falls silent in the middle of an utterance that takes more than 15. */
const LONGEST = 150;
/** A Chinese character is a syllable; it takes as long as so many letters. */
const HAN_COST = 4;

const HAN = /\p{Script=Han}/u;
const LETTER = /\p{L}/u;
const SENTENCES = /[^.!?。！？…\n]+(?:[.!?。！？…]+["'”’)）」』】]*|\n|$)|[.!?。！？…]+/g;
const CLAUSES = /[^,;:，；：、]+[,;:，；：、]*|[,;:，；：、]+/g;

/** What a voice says, in pieces of a sentence or a few, each in the language that it seems to be in. */
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

/** Chinese where a third of the letters are. */
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

/** A sentence that takes too long is cut at its commas, then at its spaces, then anywhere. */
function splitLong(sentence: string): string[] {
  if (costOf(sentence) <= LONGEST) return [sentence];
  const parts = [CLAUSES, /\S+\s*/g].flatMap((where) =>
    (sentence.match(where) ?? []).length > 1 ? [where] : [],
  );
  const [where = /[\s\S]{1,30}/gu] = parts;
  return packed(
    (sentence.match(where) ?? []).flatMap((part) => (part === sentence ? [part] : splitLong(part))),
  );
}

/** Small parts together, as many as fit. */
function packed(parts: readonly string[]): string[] {
  const whole: string[] = [];
  for (const part of parts) {
    const last = whole.at(-1);
    if (last !== undefined && costOf(last + part) <= LONGEST) whole[whole.length - 1] = last + part;
    else whole.push(part);
  }
  return whole;
}
