import { memo, useState } from 'react';
import { FenceView } from './code/fence-view';
import { closeOpenMarkup } from './cutting/close-open-markup';
import { fenceOf } from './cutting/fence';
import { createPieceCutter } from './cutting/pieces';
import type { BlockReferences } from './cutting/reference-collector';
import { Paragraph } from './paragraph';
import { ParsedMarkdown } from './parsed-markdown';
import { PlainText } from './plain-text';

/** A paragraph of more characters is shown as plain text: even in pieces it would take too long to parse. */
const PARSED_CHARACTERS = 100_000;

interface BlockProps extends BlockReferences {
  text: string;
  turnId: string;
  /** It is the last block of a reply that is streaming. */
  isGrowing: boolean;
}

/** One block of a reply. It renders again only when its own text changes: never once it is settled. */
export const Block = memo(function Block({ text, isGrowing, ...rest }: BlockProps) {
  const [cutter] = useState(createPieceCutter);
  const fence = fenceOf(text);
  if (fence) return <FenceView {...fence} isOpen={fence.isOpen && isGrowing} />;
  if (text.length > PARSED_CHARACTERS) return <PlainText text={text} />;
  const pieces = cutter.cut(text);
  if (pieces) return <Paragraph pieces={pieces} isGrowing={isGrowing} {...rest} />;
  return <ParsedMarkdown text={isGrowing ? closeOpenMarkup(text) : text} {...rest} />;
});
