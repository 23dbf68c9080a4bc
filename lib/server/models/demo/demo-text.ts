import type { BuiltInAssistantId } from '@/lib/chat/assistants';

/** What the demo model can say in one language. */
export interface DemoText {
  /** For a question of a word or two. */
  brief: string;
  /** It is a demo, and how to connect a real model. */
  whatIAm: string;
  reasoning: (question: string, earlier: string | null) => string;
  /** What was said before; `turns`: how many questions came before this one. */
  memory: (earlier: string, turns: number) => string;
  roles: Record<BuiltInAssistantId, DemoRole>;
}

interface DemoRole {
  /** Begins the reply in the manner of the assistant, with the question in it. */
  opening: (question: string) => string;
  /** Shown in turns, so that all that the page can render is seen in a conversation. */
  samples: readonly [string, string];
  /** Ends the reply in the manner of the assistant. */
  closing: string;
}
