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
 * Keeps the reader's selection while the text streams. For each token React rewrites the last text node, and by the rules
 * of the DOM a selection that ends in that node then jumps to its start.
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
    return { anchor: anchorNode, anchorOffset, focus: focusNode, focusOffset };
  }

  override componentDidUpdate(_props: unknown, _state: unknown, selected: Selected | null): void {
    if (!selected) return;
    const selection = document.getSelection();
    const { anchor, anchorOffset, focus, focusOffset } = selected;
    if (!selection || !isValid(anchor, anchorOffset) || !isValid(focus, focusOffset)) return;
    const hasMoved = selection.anchorOffset !== anchorOffset || selection.focusOffset !== focusOffset;
    if (hasMoved || selection.anchorNode !== anchor || selection.focusNode !== focus)
      selection.setBaseAndExtent(anchor, anchorOffset, focus, focusOffset);
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
