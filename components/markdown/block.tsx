import { memo, useState } from 'react';
import { FenceView } from './code/fence-view';
import { mendTail } from './cutting/close-open-markup';
import { fenceOf } from './cutting/fence';
import { createPieceCutter } from './cutting/pieces';
import type { BlockReferences } from './cutting/references';
import { Paragraph } from './paragraph';
import { Parsed } from './parsed';
import { PlainText } from './plain-text';

/** Characters of a paragraph beyond which even its pieces take too long together: it is shown as it is. */
const LONGEST = 100_000;

interface BlockProps extends BlockReferences {
  text: string;
  turnId: string;
  /** The last of a reply that still grows. */
  growing: boolean;
}

/** One block of a reply. Rendered again only when something of it changes: never once it is settled. */
export const Block = memo(function Block({ text, growing, ...rest }: BlockProps) {
  const [cutter] = useState(createPieceCutter);
  const fence = fenceOf(text);
  if (fence) return <FenceView {...fence} open={fence.open && growing} />;
  if (text.length > LONGEST) return <PlainText text={text} />;
  const pieces = cutter.cut(text);
  if (pieces) return <Paragraph pieces={pieces} growing={growing} {...rest} />;
  return <Parsed text={growing ? mendTail(text) : text} {...rest} />;
});
