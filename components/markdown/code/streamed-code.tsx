import { memo, useState } from 'react';
import { HighlightedCode, HighlightedTokens } from './highlighted-code';
import { PlainCode } from './plain-code';
import { createStreamedHighlighter, type Step } from './streamed-highlighter';

interface StreamedCodeProps {
  code: string;
  language: string;
  family: RegExp;
  /** Something in it is selected, which new nodes would deselect. */
  isSelected: boolean;
  /** The code is complete, and nothing in it has been selected since. */
  isTailHighlighted: boolean;
}

/** Code that streamed in. Each line gets its colours when it ends, and its nodes stay what they are after that. */
export function StreamedCode({ code, language, family, isSelected, isTailHighlighted }: StreamedCodeProps) {
  const [read] = useState(() => createStreamedHighlighter(family));
  const { groups, tail } = read(code, !isSelected);
  return (
    <>
      {groups.map((steps, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: groups are only ever added or changed at the end.
        <Group key={index} steps={steps} />
      ))}
      {isTailHighlighted ? <HighlightedCode code={tail} language={language} /> : <Tail text={tail} />}
    </>
  );
}

const Group = memo(function Group({ steps }: { steps: readonly Step[] }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: as above.
  return steps.map((tokens, index) => <HighlightedTokens key={index} tokens={tokens} />);
});

/** A chunk of plain code begins on a line of its own, so only a long tail is cut into chunks. */
function Tail({ text }: { text: string }) {
  return text.length > 2_000 ? <PlainCode code={text} /> : text;
}
