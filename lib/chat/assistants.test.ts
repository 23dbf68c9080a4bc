import { describe, expect, it } from 'vitest';
import { systemPromptOf } from './assistant-prompts';
import { ASSISTANTS, findAssistant } from './assistants';

describe('the built-in assistants', () => {
  it('are found by their ids, and nothing else is', () => {
    expect(ASSISTANTS.map(({ id }) => findAssistant(id)?.id)).toEqual(['assistant', 'teacher', 'programmer']);
    expect(findAssistant('toString')).toBeNull();
  });

  it('have different system prompts, in each language', () => {
    const prompts = ASSISTANTS.flatMap(({ id }) => [systemPromptOf(id, 'en'), systemPromptOf(id, 'zh')]);
    expect(new Set(prompts).size).toBe(6);
  });
});
