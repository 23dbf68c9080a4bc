/** Embedding models, which cannot chat. */
const EMBEDDING = /embed|^bge-|minilm/i;

/**
 * Lists the models of an Ollama (`GET /api/tags`, next to its OpenAI-compatible `/v1`). Returns null if no
 * Ollama answers at this address within `timeoutMs`.
 */
export async function listOllamaModels(
  { url, headers }: { url: string; headers: Record<string, string> },
  timeoutMs: number,
): Promise<string[] | null> {
  try {
    const address = `${url.replace(/\/v1$/, '')}/api/tags`;
    const response = await fetch(address, { headers, signal: AbortSignal.timeout(timeoutMs) });
    return response.ok ? namesIn(await response.json()) : null;
  } catch {
    // No server, or not an Ollama: the caller asked whether there is one.
    return null;
  }
}

function namesIn(body: unknown): string[] | null {
  const models: unknown = typeof body === 'object' && body !== null && 'models' in body ? body.models : null;
  if (!Array.isArray(models)) return null;
  return models
    .map((model: unknown) =>
      typeof model === 'object' && model !== null && 'name' in model ? model.name : null,
    )
    .filter((name): name is string => typeof name === 'string' && !EMBEDDING.test(name))
    .map((name) => name.replace(/:latest$/, ''));
}
