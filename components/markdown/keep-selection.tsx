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

  override getSnapshotBeforeUpdate(): Selected | null {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || !this.place.current) return null;
    const { anchorNode, anchorOffset, focusNode, focusOffset } = selection;
    if (!anchorNode || !focusNode || !selection.containsNode(this.place.current, true)) return null;
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
