import type { BuiltInAssistantId } from '@/lib/chat/assistants';

/** What the page can do, each shown by one reply. */
export type TourStop = 'steps' | 'table' | 'code' | 'formula' | 'diagram' | 'stop' | 'assistants';

/** What the demo model can say in one language. */
export interface DemoText {
  /** The start of the first reply of the tour: that this is a demo, and how to connect a real model. */
  notice: string;
  /** The start of every other reply. */
  shortNotice: string;
  /** The reply to a greeting, or to a message without words. */
  greeting: string;
  /** The reply to a sum, such as `1+1`. */
  result: (sum: string, value: string) => string;
  /** Says how to begin the tour. */
  invitation: string;
  reasoning: (question: string, earlier: string | null) => string;
  /** Mentions the previous message. `turns`: how many messages came before this one. */
  earlierMessage: (earlier: string, turns: number) => string;
  stops: Record<TourStop, DemoStop>;
  /** Names the next stop. */
  next: (name: string) => string;
  /** Follows the last stop. */
  end: string;
  roles: Record<BuiltInAssistantId, DemoRole>;
}

interface DemoStop {
  /** Completes "Next: …". */
  name: string;
  text: string;
}

interface DemoRole {
  /** The first paragraph of the first reply, in the assistant's manner, with the question in it. */
  opening: (question: string) => string;
  /** The last paragraph of the first reply, in the assistant's manner. */
  closing: string;
}
