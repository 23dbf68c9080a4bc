/** What the built-in assistants say of themselves, in English. */
export const assistants = {
  assistant: {
    name: 'Assistant',
    description: 'Answers, drafts, plans',
    greeting: {
      title: 'What is on your mind?',
      text: 'Ask, draft, plan or think aloud. I answer plainly and say so when I am not sure.',
    },
    suggestions: [
      'Plan a weekend of rest in the city',
      'Write a kind note that says no',
      'Compare two offers, side by side',
      'Sum up a long text that I paste',
    ],
  },
  teacher: {
    name: 'Teacher',
    description: 'Explains until it clicks',
    greeting: {
      title: 'What shall we make sense of?',
      text: 'I explain with pictures and small steps, and I ask back until it is yours.',
    },
    suggestions: [
      'Explain recursion with a story',
      'Quiz me on photosynthesis',
      'Why is the sky dark at night?',
      'Teach me one proof I will remember',
    ],
  },
  programmer: {
    name: 'Programmer',
    description: 'Code, bugs, design',
    greeting: {
      title: 'What are we building?',
      text: 'Paste code, an error or an idea. I read closely, fix the cause and show the change.',
    },
    suggestions: [
      'Find the bug in a function I paste',
      'Write a rate limiter in TypeScript',
      'When is SQLite enough?',
      'Review my API before I ship it',
    ],
  },
};
