import { Component, createRef, type ReactNode } from 'react';

/** An end of the selection, and the text of the reply before it. */
interface End {
  node: Node;
  offset: number;
  /** Null if the end is outside of the reply. */
  before: string | null;
}

interface Selected {
  anchor: End;
  focus: End;
}

interface KeepSelectionProps {
  className?: string;
  children: ReactNode;
}

/**
 * Keeps the reader's selection while the text streams. For each token React rewrites the last text node, and by the rules
 * of the DOM a selection that ends in that node then jumps to its start. Where markup begins, React replaces nodes: the
 * selection is then found again by the text before it.
 */
export class KeepSelection extends Component<KeepSelectionProps> {
  private readonly element = createRef<HTMLDivElement>();
  /** Updated on `selectionchange` only: reading the selection forces a layout of the page. */
  private hasSelection = false;

  private readonly updateHasSelection = () => {
    const selection = document.getSelection();
    const element = this.element.current;
    this.hasSelection =
      selection !== null &&
      element !== null &&
      !selection.isCollapsed &&
      selection.containsNode(element, true);
  };

  override componentDidMount(): void {
    this.updateHasSelection();
    document.addEventListener('selectionchange', this.updateHasSelection);
  }

  override componentWillUnmount(): void {
    document.removeEventListener('selectionchange', this.updateHasSelection);
  }

  override getSnapshotBeforeUpdate(): Selected | null {
    const selection = this.hasSelection ? document.getSelection() : null;
    if (!selection) return null;
    const { anchorNode, anchorOffset, focusNode, focusOffset } = selection;
    if (!anchorNode || !focusNode) return null;
    return { anchor: this.endAt(anchorNode, anchorOffset), focus: this.endAt(focusNode, focusOffset) };
  }

  override componentDidUpdate(_props: unknown, _state: unknown, selected: Selected | null): void {
    if (!selected) return;
    const selection = document.getSelection();
    const anchor = this.find(selected.anchor);
    const focus = this.find(selected.focus);
    if (!selection || !anchor || !focus) return;
    const hasMoved = selection.anchorOffset !== anchor.offset || selection.focusOffset !== focus.offset;
    if (hasMoved || selection.anchorNode !== anchor.node || selection.focusNode !== focus.node)
      selection.setBaseAndExtent(anchor.node, anchor.offset, focus.node, focus.offset);
  }

  private endAt(node: Node, offset: number): End {
    return { node, offset, before: this.textBefore(node, offset) };
  }

  private textBefore(node: Node, offset: number): string | null {
    const element = this.element.current;
    if (!element?.contains(node)) return null;
    const range = document.createRange();
    range.setStart(element, 0);
    range.setEnd(node, offset);
    return String(range);
  }

  /** Where an end is now; null if the text before it has changed too. */
  private find({ node, offset, before }: End): { node: Node; offset: number } | null {
    const element = this.element.current;
    // A node that is still there may hold other text now.
    if (isValid(node, offset) && (before === null || this.textBefore(node, offset) === before))
      return { node, offset };
    if (before === null || !element) return null;
    // Blanks between elements come and go.
    const wanted = before.replace(/\s/g, '');
    if (!element.textContent.replace(/\s/g, '').startsWith(wanted)) return null;
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    let left = wanted.length;
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const value = text.nodeValue ?? '';
      const { length } = value.replace(/\s/g, '');
      if (left <= length && length > 0)
        return { node: text, offset: offsetAfter(value, left, /\s$/.test(before)) };
      left -= length;
    }
    return null;
  }

  override render() {
    return (
      <div ref={this.element} className={this.props.className} dir="auto">
        {this.props.children}
      </div>
    );
  }
}

function isValid(node: Node, offset: number): boolean {
  const length = node.nodeType === Node.TEXT_NODE ? (node.nodeValue ?? '').length : node.childNodes.length;
  return node.isConnected && offset <= length;
}

/** The offset after so many characters that are not blank, and after the blanks that follow if `withBlanks`. */
function offsetAfter(text: string, count: number, withBlanks: boolean): number {
  let offset = 0;
  for (let left = count; left > 0; offset += 1) if (/\S/.test(text.charAt(offset))) left -= 1;
  while (withBlanks && /\s/.test(text.charAt(offset))) offset += 1;
  return offset;
}
