import type { BuiltInAssistantId } from '../../assistants';

/** How the built-in assistants introduce themselves. */
export const assistants = {
  assistant: {
    name: 'Assistant',
    description: 'Answers, drafts, plans',
    greeting: {
      title: 'What’s on your mind?',
      text: 'Ask, draft, plan or think out loud. I’ll answer plainly and tell you when I’m not sure.',
    },
    suggestions: [
      'Plan a restful weekend in the city',
      'Help me say no, kindly',
      'Compare two job offers side by side',
      'Summarise a long text',
    ],
  },
  teacher: {
    name: 'Teacher',
    description: 'Explains until it clicks',
    greeting: {
      title: 'What would you like to understand?',
      text: 'I explain with everyday examples, one small step at a time, and make sure it clicks.',
    },
    suggestions: [
      'Explain recursion with a story',
      'Quiz me on photosynthesis',
      'Why is the sky dark at night?',
      'Teach me a proof I’ll never forget',
    ],
  },
  programmer: {
    name: 'Programmer',
    description: 'Code, bugs, design',
    greeting: {
      title: 'What are we building?',
      text: 'Paste code, an error or an idea. I’ll read it closely, find the cause and show you the fix.',
    },
    suggestions: [
      'Find the bug in my function',
      'Write a rate limiter in TypeScript',
      'When is SQLite enough?',
      'Review my API before I ship it',
    ],
  },
} satisfies Record<BuiltInAssistantId, unknown>;
