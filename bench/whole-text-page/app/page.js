'use client';

import { useState } from 'react';
import ReactMarkdown from 'react-markdown';
import remarkGfm from 'remark-gfm';

/** What the tutorials show: with every frame, all the text that has come is parsed and rendered anew. */
export default function Page() {
  const [question, setQuestion] = useState('');
  const [text, setText] = useState('');

  const onSubmit = (event) => {
    event.preventDefault();
    setQuestion('');
    void read(question, setText);
  };
  return (
    <main>
      <form onSubmit={onSubmit}>
        <input aria-label="Message" value={question} onChange={(event) => setQuestion(event.target.value)} />
      </form>
      <article>
        <ReactMarkdown remarkPlugins={[remarkGfm]}>{text}</ReactMarkdown>
      </article>
    </main>
  );
}

async function read(question, show) {
  const messages = [{ role: 'user', content: question }];
  const response = await fetch('/stream', {
    method: 'POST',
    body: JSON.stringify({ messages, stream: true }),
  });
  let text = '';
  let rest = '';
  let waits = false;
  for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
    const frames = (rest + piece).split('\n\n');
    rest = frames.pop();
    for (const one of frames) text += wordsOf(one);
    if (waits) continue;
    waits = true;
    requestAnimationFrame(() => {
      waits = false;
      show(text);
    });
  }
}

function wordsOf(frame) {
  const data = frame.slice('data: '.length);
  return data === '[DONE]' ? '' : (JSON.parse(data).choices[0]?.delta.content ?? '');
}
