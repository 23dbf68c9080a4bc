/**
 * Brings the HTML that a specification expects and the page's own HTML into one form, so that they can be compared. The
 * page differs on purpose: line endings are line breaks, headings are shifted by two levels, unsafe links are text, images are buttons, code blocks
 * have a caption and raw HTML is text.
 */
import { safeUrl } from '@/components/markdown/elements/safe-url';

const TAGS =
  'p|h[1-6]|ul|ol|li|blockquote|pre|code|em|strong|a|img|hr|br|table|thead|tbody|tr|th|td|del|input|sup|section';
const TAG = new RegExp(`<(/?)(${TAGS})((?:\\s[^<>]*)?)/?>`, 'g');

/** The page's own HTML without presentation: captions, buttons, classes and ARIA labels. */
export function normalHtml(html: string): string {
  return squeeze(
    html
      .replace(/<figcaption[\s\S]*?<\/figcaption>/g, '')
      .replace(/<figure[^>]*>|<\/figure>/g, '')
      .replace(/<section[^>]*aria-label="(?:Code|Table)[^>]*>|<\/section>/g, '')
      .replace(/<div[^>]*><button[\s\S]*?<\/div>/g, '')
      .replace(/<button[^>]*>[\s\S]*?<span>([\s\S]*?)<small>[\s\S]*?<\/button>/g, '[img $1]')
      .replace(/<span class="[^"]*broken[^"]*"><svg[\s\S]*?<\/svg> ?([\s\S]*?)<\/span>/g, '[img $1]')
      .replace(/<span[^>]*>|<\/span>/g, '')
      .replace(/ (?:class|target|rel|style|dir|tabindex|aria-label)="[^"]*"/g, '')
      .replace(/ readOnly=""/g, ''),
  );
}

/** The HTML that the specification expects, with the page's deliberate differences applied. */
export function expectedHtml(html: string, markdown: string): string {
  const marks: string[] = [];
  const keep = (text: string) => `\uE000${marks.push(text) - 1}\uE000`;
  const links: boolean[] = [];
  const shifted = html.replace(TAG, (tag, slash: string, name: string, attributes: string) => {
    // A tag that is in the Markdown source is raw HTML.
    if (markdown.includes(tag)) return tag;
    const heading = /^h([1-6])$/.exec(name);
    if (heading) return keep(`<${slash}h${Math.min(6, Number(heading[1]) + 2)}>`);
    if (name === 'a') return keep(linkOf(slash, attributes, links));
    if (name === 'img') return keep(`[img ${/alt="([^"]*)"/.exec(attributes)?.[1] || 'Image'}]`);
    if (name === 'code' || name === 'pre') return keep(`<${slash}${name}>`);
    const start = /start="\d+"/.exec(attributes)?.[0];
    return keep(`<${slash}${name}${start ? ` ${start}` : ''}>`);
  });
  const asText = shifted.replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return squeeze(asText.replace(/\uE000(\d+)\uE000/g, (_, index: string) => marks[Number(index)] ?? ''));
}

function linkOf(slash: string, attributes: string, links: boolean[]): string {
  if (slash !== '') return links.pop() ? '</a>' : '';
  const href = /href="([^"]*)"/.exec(attributes)?.[1];
  const url = href === undefined ? null : safeUrl(decoded(href));
  links.push(Boolean(url));
  return url ? `<a href="${url.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}">` : '';
}

const decoded = (text: string) =>
  text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** Removes differences that do not matter: white space between blocks, and how characters are escaped. */
function squeeze(html: string): string {
  return (
    html
      .replace(/&quot;|&#x27;|&#39;/g, (entity) => (entity === '&quot;' ? '"' : "'"))
      .replace(/<(hr|img|input)([^<>]*?)\s*\/?>/g, '<$1$2>')
      // A line ending in a paragraph is a line break on the page, whether it is a hard one or not.
      .replace(/[ \t]*<br[^<>]*>\s*/g, '\n')
      .replaceAll('&amp;', '&')
      .replace(/&gt;\s+&lt;/g, '&gt;&lt;')
      .replace(/&gt;\s+</g, '&gt;<')
      .replace(/\n+<\/code>/g, '</code>')
      .replace(
        /\s*(<\/?(?:p|h[1-6]|ul|ol|li|blockquote|pre|hr|table|thead|tbody|tr|th|td)(?: [^<>]*)?>)\s*/g,
        '$1',
      )
      .trim()
  );
}
