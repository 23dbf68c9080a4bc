import { Component, createRef, type ReactNode } from 'react';

interface Selected {
  anchor: Node;
  anchorOffset: number;
  focus: Node;
  focusOffset: number;
}

interface KeepSelectionProps {
  className?: string;
  children: ReactNode;
}

/**
 * Keeps what the reader has selected while the text under it grows. React writes the whole of a text node where a
 * word was added, and by the rules of the DOM a selection that ends in that node then jumps to its start.
 */
export class KeepSelection extends Component<KeepSelectionProps> {
  private readonly place = createRef<HTMLDivElement>();
  /** Asking the selection itself makes the browser lay the page out, so it is asked when it changes and no oftener. */
  private hasSelection = false;

  private readonly note = () => {
    const selection = document.getSelection();
    const place = this.place.current;
    this.hasSelection =
      selection !== null && place !== null && !selection.isCollapsed && selection.containsNode(place, true);
  };

  override componentDidMount(): void {
    this.note();
    document.addEventListener('selectionchange', this.note);
  }

  override componentWillUnmount(): void {
    document.removeEventListener('selectionchange', this.note);
  }

  override getSnapshotBeforeUpdate(): Selected | null {
    const selection = this.hasSelection ? document.getSelection() : null;
    if (!selection) return null;
    const { anchorNode, anchorOffset, focusNode, focusOffset } = selection;
    if (!anchorNode || !focusNode) return null;
    return { anchor: anchorNode, anchorOffset, focus: focusNode, focusOffset };
  }

  override componentDidUpdate(_props: unknown, _state: unknown, selected: Selected | null): void {
    if (!selected) return;
    const selection = document.getSelection();
    const { anchor, anchorOffset, focus, focusOffset } = selected;
    if (!selection || !reaches(anchor, anchorOffset) || !reaches(focus, focusOffset)) return;
    const moved = selection.anchorOffset !== anchorOffset || selection.focusOffset !== focusOffset;
    if (moved || selection.anchorNode !== anchor || selection.focusNode !== focus)
      selection.setBaseAndExtent(anchor, anchorOffset, focus, focusOffset);
  }

  override render() {
    return (
      <div ref={this.place} className={this.props.className} dir="auto">
        {this.props.children}
      </div>
    );
  }
}

function reaches(node: Node, offset: number): boolean {
  const length = node.nodeType === Node.TEXT_NODE ? (node.nodeValue ?? '').length : node.childNodes.length;
  return node.isConnected && offset <= length;
}
