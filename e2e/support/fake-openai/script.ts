/** The script of a fake reply, step by step. Erasable TypeScript without imports of the project, like its users. */
export interface Delta {
  role?: 'assistant';
  content?: string;
  reasoning_content?: string;
  reasoning?: string;
}

export type Step =
  | { kind: 'delta'; delta: Delta; finish?: string }
  /** Any bytes, sent as they are. */
  | { kind: 'raw'; text: string }
  | { kind: 'pause'; ms: number }
  /** Waits until the test releases one more part. */
  | { kind: 'gate' }
  /** Sends nothing more and keeps the connection open until the client closes it. */
  | { kind: 'stall' }
  /** Breaks the connection. */
  | { kind: 'cut' }
  /** The end of a good stream: the token counts, if they were asked for, and `[DONE]`. */
  | { kind: 'done' };

/** An error response in place of a stream. */
export interface Refusal {
  status: number;
  headers?: Record<string, string>;
  body: unknown;
}

export interface ChatMessage {
  role: string;
  content: unknown;
}

/** What a scenario can see of the request. */
export interface ScenarioRequest {
  messages: readonly ChatMessage[];
  /** The text of the last user message, without the marker. */
  lastUser: string;
}

export type Scenario =
  | { refuse: (now: number) => Refusal }
  | { play: (request: ScenarioRequest) => Iterable<Step> };

/** The text of a message, whose content is a string or a list of parts. */
export function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((part: { text?: unknown }) => (typeof part.text === 'string' ? part.text : '')).join('');
}
