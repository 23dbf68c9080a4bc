import { type Clip, everything } from './clip';
import { codeSpan, escapeLineStarts, escapeText, fence } from './escape-text';
import {
  barsByName,
  hang,
  isSameAddress,
  listMark,
  standsApart,
  surround,
  tableLine,
  tableRule,
  target,
} from './markdown-forms';
import {
  isDisplayFormula,
  isFootnoteReference,
  isLoose,
  isSecondOfTwo,
  isVerbatim,
  LEFT_OUT,
  languageOf,
  needsDollarsEscaped,
  onlyDisplayFormula,
  texOf,
  touchesBold,
} from './page-parts';

/**
 * `markdown`: with all its markup, for a model or an editor. `text`: as it is read, for any text field: without the marks
 * of emphasis, headings and inline code. In both, formulas are TeX and links have their addresses.
 */
export type TakenAs = 'markdown' | 'text';

const BLOCKS =
  'p, div, section, article, figure, pre, ul, ol, li, blockquote, table, hr, details, summary, h1, h2, h3, h4, h5, h6, [data-source]';

const MARKS: Record<string, string> = { STRONG: '**', B: '**', EM: '*', I: '*', DEL: '~~', S: '~~' };
/** Elements that Markdown has no marks for. */
const TAGS = new Set(['SUB', 'SUP', 'KBD', 'MARK', 'U']);

/** Reads a part of a rendered reply back. `root`: the innermost element that holds all of it. */
export function take(root: Element, as: TakenAs, clip: Clip = everything): string {
  return new Taking(as, clip).take(root);
}

/** The text of a table cell. */
export const takeCell = (cell: Element): string => new Taking('text', everything).cell(cell);

class Taking {
  constructor(
    private readonly as: TakenAs,
    private readonly clip: Clip,
    private readonly isInTable = false,
  ) {}

  /** Of a part within one element, such as a word in bold, neither that element's marks nor those around it are taken. */
  take(root: Element): string {
    const formula = root.closest('.katex');
    if (formula) return this.formula(formula);
    const pre = root.closest('pre');
    if (pre) return this.partOfCode(pre);
    if (root.closest('code')) return this.codeIn(root);
    if (root.matches('ul, ol')) return this.list(root);
    if (root.matches('li')) return this.item(root, isLoose(root.parentElement));
    const table = root.matches('table, thead, tbody, tr') ? root.closest('table') : null;
    return table ? this.table(table) : this.blocks(root).join('\n\n');
  }

  cell(cell: Element): string {
    return this.inline([...cell.childNodes]).trim();
  }

  private partOfCode(pre: Element): string {
    const code = this.codeIn(pre);
    return this.as === 'markdown' && code.includes('\n') ? fence(code, languageOf(pre)) : code;
  }

  private blocks(parent: Element): string[] {
    const blocks: string[] = [];
    let run: Node[] = [];
    const endRun = () => {
      blocks.push(this.paragraph(run));
      run = [];
    };
    for (const child of parent.childNodes) {
      if (!this.takes(child)) continue;
      if (!(child instanceof Element) || !(child.matches(BLOCKS) || isDisplayFormula(child))) run.push(child);
      else {
        endRun();
        blocks.push(...this.block(child));
      }
    }
    endRun();
    return blocks.filter((block) => block !== '');
  }

  private block(element: Element): string[] {
    const source = element.getAttribute('data-source');
    if (source !== null) return [fence(source, languageOf(element))];
    switch (element.tagName) {
      case 'P':
      case 'SUMMARY':
        return [this.paragraph([...element.childNodes])];
      case 'UL':
      case 'OL':
        return [this.list(element)];
      case 'BLOCKQUOTE':
        return [hang(this.blocks(element).join('\n\n'), '> ', '> ')];
      case 'PRE': {
        const code = this.codeIn(element);
        return code === '' ? [] : [fence(code, languageOf(element))];
      }
      case 'TABLE':
        return [this.table(element)];
      case 'HR':
        return ['---'];
      case 'DETAILS':
        return this.details(element);
      case 'SECTION':
        return element.hasAttribute('data-footnotes') ? this.footnotes(element) : this.blocks(element);
    }
    if (isDisplayFormula(element)) return [this.paragraph([element])];
    return /^H\d$/.test(element.tagName) ? [this.heading(element)] : this.blocks(element);
  }

  private heading(element: Element): string {
    const text = this.inline([...element.childNodes])
      .replace(/\s+/g, ' ')
      .trim();
    if (this.as === 'text' || text === '') return text;
    // The first heading of a reply is of the third level on the page.
    const depth = Math.max(1, Number(element.tagName.slice(1)) - 2);
    // Signs like those at its beginning may close a heading.
    return `${'#'.repeat(depth)} ${text.replace(/(?<=^|\s)#+$/, '\\$&')}`;
  }

  private list(list: Element): string {
    const items = [...list.children].filter(({ tagName }) => tagName === 'LI');
    const hasParagraphs = isLoose(list);
    const start = Number(list.getAttribute('start') ?? 1);
    const isOrdered = list.tagName === 'OL';
    const contents = items.map((item) => {
      const content = this.takes(item) ? this.item(item, hasParagraphs) : '';
      const isEmpty = this.takes(item) && (item.textContent ?? '').trim() === '';
      return content === '' && !isEmpty ? null : content;
    });
    const mark = listMark(isOrdered, isSecondOfTwo(list), contents);
    return contents
      .flatMap((content, index) => {
        if (content === null) return [];
        const marker = `${isOrdered ? start + index : ''}${mark} `;
        return [hang(content, marker, ' '.repeat(marker.length))];
      })
      .join(hasParagraphs ? '\n\n' : '\n');
  }

  private item(item: Element, hasParagraphs: boolean): string {
    return this.blocks(item).join(hasParagraphs ? '\n\n' : '\n');
  }

  /** The selected cells of a table. Markdown needs the head of a table for any of its rows. */
  private table(table: Element): string {
    const selected = new Taking(this.as, this.clip, true);
    const whole = new Taking(this.as, everything, true);
    return [...table.querySelectorAll('tr')]
      .flatMap((row, index) => {
        const isTaken = this.takes(row);
        if (!isTaken && (index > 0 || this.as === 'text')) return [];
        const cells = [...row.children].map((cell) => (isTaken ? selected : whole).cell(cell));
        const line = tableLine(cells.map((cell) => cell.replaceAll('\n', ' ')));
        return index === 0 ? [line, tableRule(row)] : [line];
      })
      .join('\n');
  }

  /** A closed one is its summary, as on the page. */
  private details(element: Element): string[] {
    const summary = element.querySelector(':scope > summary');
    if (!element.hasAttribute('open')) return summary ? this.block(summary) : [];
    const isHeaded = summary !== null && this.takes(summary);
    const blocks = this.blocks(element);
    if (this.as === 'text' || !isHeaded) return blocks;
    const [head = '', ...body] = blocks;
    return [`<details>\n<summary>${head}</summary>`, ...body, '</details>'];
  }

  private footnotes(section: Element): string[] {
    return [...section.querySelectorAll(':scope > ol > li')].flatMap((item, index) => {
      const content = this.takes(item) ? this.blocks(item).join('\n\n') : '';
      if (content === '') return [];
      return [this.as === 'text' ? `[${index + 1}] ${content}` : hang(content, `[^${index + 1}]: `, '    ')];
    });
  }

  private paragraph(nodes: readonly Node[]): string {
    const formula = onlyDisplayFormula(nodes);
    if (formula) return this.takes(formula) ? `$$\n${texOf(formula)}\n$$` : '';
    const text = this.inline(nodes);
    if (nodes.some((node) => isVerbatim(node))) return text.replace(/^\s*\n|\s+$/g, '');
    const lines = text.replace(/ *\n */g, (end) => (end.startsWith('  ') ? '  \n' : '\n')).trim();
    return this.as === 'markdown' ? escapeLineStarts(lines) : lines;
  }

  private inline(nodes: readonly Node[]): string {
    const escapesDollars = needsDollarsEscaped(nodes);
    return nodes.map((node) => this.inlineNode(node, escapesDollars)).join('');
  }

  private inlineNode(node: Node, escapesDollars: boolean): string {
    if (!this.takes(node)) return '';
    if (node instanceof Text) return this.text(node, escapesDollars);
    if (!(node instanceof Element)) return '';
    if (node.matches('.katex, .katex-display')) return this.formula(node);
    if (node.hasAttribute('data-image-url')) return this.image(node);
    const inside = () => [...node.childNodes].map((child) => this.inlineNode(child, escapesDollars)).join('');
    switch (node.tagName) {
      case 'BR':
        return this.lineBreak();
      case 'CODE':
        return this.code(node);
      case 'A':
        return this.link(node, inside());
      case 'INPUT':
        return this.checkbox(node);
    }
    if (this.as === 'text') return inside();
    if (TAGS.has(node.tagName) && !isFootnoteReference(node)) {
      const tag = node.tagName.toLowerCase();
      return surround(`<${tag}>`, inside(), `</${tag}>`);
    }
    const mark = MARKS[node.tagName];
    if (mark === undefined) return inside();
    // Three stars in a row could be read in two ways.
    const used = mark === '*' && touchesBold(node) ? '_' : mark;
    return surround(used, inside(), used);
  }

  private lineBreak(): string {
    if (this.as === 'text') return '\n';
    return this.isInTable ? '<br>' : '  \n';
  }

  private text(node: Text, escapesDollars: boolean): string {
    const taken = this.clip.textOf(node);
    if (isVerbatim(node)) return taken;
    const text = taken.replace(/[ \t\r\n\f]+/g, ' ');
    return this.withoutBars(this.as === 'markdown' ? escapeText(text, escapesDollars) : text);
  }

  /** A bar would end the cell. */
  private withoutBars(text: string): string {
    return this.isInTable ? text.replaceAll('|', '\\|') : text;
  }

  private formula(element: Element): string {
    const tex = texOf(element);
    const mark = element.closest('.katex-display') ? '$$' : '$';
    return mark + (this.isInTable ? barsByName(tex) : tex) + mark;
  }

  private code(element: Element): string {
    const text = this.codeIn(element).replaceAll('\n', ' ');
    return this.withoutBars(this.as === 'text' || text === '' ? text : codeSpan(text));
  }

  private link(element: Element, text: string): string {
    const address = element.getAttribute('href') ?? '';
    if (address.startsWith('#')) {
      if (!isFootnoteReference(element.parentElement)) return '';
      return this.as === 'text' ? `[${text}]` : `[^${text}]`;
    }
    const seen = element.firstChild?.textContent ?? '';
    if (text.trim() === '' || address === '') return text;
    const isBare = isSameAddress(seen, address);
    if (this.as === 'text') return isBare ? seen : `${text} (${address})`;
    const isApart = standsApart(element);
    if (isBare && (isApart || /^(https?|mailto):/.test(seen)))
      return this.withoutBars(isApart ? seen : `<${seen}>`);
    return this.withoutBars(surround('[', text, `](${target(address)})`));
  }

  private image(element: Element): string {
    const description = element.getAttribute('data-image-alt') ?? '';
    if (this.as === 'text') return description;
    const written = `![${escapeText(description, true).replaceAll(']', '\\]')}](${target(element.getAttribute('data-image-url') ?? '')})`;
    return this.withoutBars(written);
  }

  private checkbox(element: Element): string {
    if (!(element instanceof HTMLInputElement) || element.type !== 'checkbox') return '';
    if (this.as === 'text') return element.checked ? '☑' : '☐';
    return element.checked ? '[x]' : '[ ]';
  }

  /** The text that is taken of code, as it is. */
  private codeIn(element: Element): string {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    let text = '';
    while (walker.nextNode()) {
      if (walker.currentNode instanceof Text) text += this.clip.textOf(walker.currentNode);
    }
    return text.replace(/\n$/, '');
  }

  private takes(node: Node): boolean {
    return this.clip.has(node) && !(node instanceof Element && node.matches(LEFT_OUT));
  }
}
