'use client';

import { useState } from 'react';
import ReactMarkdown from 'react-markdown';
import remarkGfm from 'remark-gfm';

/** The page of a typical tutorial: every frame parses and renders the whole text again. */
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
  let isScheduled = false;
  for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
    const frames = (rest + piece).split('\n\n');
    rest = frames.pop();
    for (const frame of frames) text += textOf(frame);
    if (isScheduled) continue;
    isScheduled = true;
    requestAnimationFrame(() => {
      isScheduled = false;
      show(text);
    });
  }
}

function textOf(frame) {
  const data = frame.slice('data: '.length);
  return data === '[DONE]' ? '' : (JSON.parse(data).choices[0]?.delta.content ?? '');
}
