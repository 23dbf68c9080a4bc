import { plainText } from '@/lib/chat/text/plain-text';
import { clipTo } from './clip';
import { type TakenAs, take } from './take';
import { takeHtml } from './take-html';

/** The elements that hold the text of messages, replies and reasoning. */
const TEXTS = '[data-turn] [dir="auto"]';
const SPEECH = '[data-speech], [data-plain]';

/** Copies what is selected of a conversation, or drags it. Leaves the event to the browser if that is nothing of a message. */
export function copySelection(event: ClipboardEvent | DragEvent): void {
  const data = 'clipboardData' in event ? event.clipboardData : event.dataTransfer;
  const selection = getSelection();
  if (event.defaultPrevented || !data || !selection?.rangeCount || !isForSelection(event)) return;
  const range = selection.getRangeAt(0);
  const text = takeSelection(range, 'text');
  if (text === null) return;
  data.setData('text/plain', text);
  data.setData('text/html', htmlOf(range));
  // Preventing the default of a drag would cancel the drag.
  if (event.type === 'copy') event.preventDefault();
}

/** Not of a text field, and no link or picture that is dragged by itself. */
const isForSelection = ({ target, type }: Event) =>
  !(
    target instanceof Element &&
    target.closest(type === 'copy' ? 'input, textarea' : 'input, textarea, a, img')
  );

/** What a selection covers of the conversation's messages; of several, each with who wrote it. Null if nothing. */
export function takeSelection(range: Range, as: TakenAs): string | null {
  const name = (text: string) => (as === 'markdown' ? `**${text}**` : text);
  return joined(range, (part) => textIn(part, as), name, '\n\n');
}

const htmlOf = (range: Range): string =>
  joined(range, htmlIn, (name) => `<p><strong>${escapeHtml(name)}</strong></p>`, '\n') ?? '';

/** The text of a message that is selected. */
interface Part {
  element: Element;
  range: Range;
}

function joined(
  selected: Range,
  write: (part: Part) => string,
  writeName: (name: string) => string,
  between: string,
): string | null {
  const parts = partsIn(selected).flatMap((part) => {
    const text = write(part);
    return text.trim() === '' ? [] : [{ text, speaker: speakerOf(part.element) }];
  });
  if (parts.length === 0) return null;
  const isDialogue = parts.some(({ speaker }) => speaker !== parts[0]?.speaker);
  return parts
    .flatMap(({ text, speaker }, index) => {
      const isNew = isDialogue && speaker && speaker !== parts[index - 1]?.speaker;
      return isNew ? [writeName(withColon(speaker)), text] : [text];
    })
    .join(between);
}

const withColon = ({ textContent }: Element) =>
  `${textContent?.trim()}${/\p{Script=Han}/u.test(textContent ?? '') ? '：' : ':'}`;

const escapeHtml = (text: string) => text.replace(/[&<]/g, (sign) => (sign === '&' ? '&amp;' : '&lt;'));

function htmlIn({ element, range }: Part): string {
  const html = takeHtml(range);
  // A message, or a reply that is not drawn yet, is shown as it is written.
  return element.matches('p, pre') ? `<div style="white-space:pre-wrap">${html}</div>` : html;
}

/** The part of the selection within each text of a message. */
function partsIn(range: Range): Part[] {
  const common = range.commonAncestorContainer;
  const around = common instanceof Element ? common : common.parentElement;
  const within = around?.closest(TEXTS);
  const texts = within ? [outermost(within)] : Array.from(around?.querySelectorAll(TEXTS) ?? []);
  return texts
    .filter((element) => outermost(element) === element && isOpen(element) && range.intersectsNode(element))
    .map((element) => {
      const part = document.createRange();
      part.selectNodeContents(element);
      if (range.compareBoundaryPoints(Range.START_TO_START, part) > 0)
        part.setStart(range.startContainer, range.startOffset);
      if (range.compareBoundaryPoints(Range.END_TO_END, part) < 0)
        part.setEnd(range.endContainer, range.endOffset);
      return { element, range: part };
    });
}

function outermost(element: Element): Element {
  const outer = element.parentElement?.closest(TEXTS);
  return outer ? outermost(outer) : element;
}

/** Folded reasoning and pastes are not seen. */
const isOpen = (element: Element) => !element.closest('[hidden], details:not([open])');

function textIn({ element, range }: Part, as: TakenAs): string {
  const { commonAncestorContainer } = range;
  const root =
    commonAncestorContainer instanceof Element
      ? commonAncestorContainer
      : commonAncestorContainer.parentElement;
  const isPlainReply =
    element.parentElement?.matches('[data-plain]') && element !== element.parentElement.querySelector('p');
  if (isPlainReply) return as === 'markdown' ? range.toString() : plainText(range.toString());
  return take(root ?? element, as, clipTo(range));
}

/** The heading with the name of who wrote a text. */
function speakerOf(element: Element): Element | null {
  const headings = element.closest(SPEECH)?.querySelectorAll('h2') ?? [];
  return (
    [...headings].findLast(
      (heading) => heading.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING,
    ) ?? null
  );
}
