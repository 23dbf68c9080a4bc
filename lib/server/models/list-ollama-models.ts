/** Models that turn text into vectors and cannot chat. */
const EMBEDDING = /embed|^bge-|minilm/i;

/**
 * Asks an Ollama which models it has (`GET /api/tags`, beside its OpenAI-compatible `/v1`). null: there is none at
 * this address, or it did not answer within `timeoutMs`.
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
    // Nobody there, or nobody who speaks like an Ollama: both are answers to the question.
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
