import { refusalError } from './refusal-error';

/** How many large answers one address may leave unread. A page of history has at most 2 MB, so this is 32 MB. */
const ANSWERS_PER_ADDRESS = 16;

/** Also the size of a large answer. Larger pieces would wait in the socket's buffer instead of in the stream. */
const PIECE_BYTES = 64 * 1024;

/**
 * Bounds the answers that an address has requested and not read yet, because they all wait in the memory of this
 * process.
 */
export class AnswersInFlight {
  readonly #counts = new Map<string, number>();

  /**
   * Runs `answer`, and counts a large response until its reader has read it or gone away.
   * @throws ChatError `rate_limited` if the address has too many.
   */
  async count(address: string | null, answer: () => Promise<Response>): Promise<Response> {
    const response = await answer();
    if (address === null) return response;
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (bytes.length <= PIECE_BYTES) return new Response(bytes, response);
    const count = this.#counts.get(address) ?? 0;
    if (count >= ANSWERS_PER_ADDRESS) throw refusalError({ limit: 'answers', retryAfterMs: null });
    this.#counts.set(address, count + 1);
    return inPieces(
      bytes,
      response,
      once(() => this.#release(address)),
    );
  }

  #release(address: string): void {
    const count = (this.#counts.get(address) ?? 1) - 1;
    if (count > 0) this.#counts.set(address, count);
    else this.#counts.delete(address);
  }
}

/** The same response as a stream that provides a piece only when the reader has room for it. */
function inPieces(bytes: Uint8Array, response: Response, onEnd: () => void): Response {
  let at = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        controller.enqueue(bytes.subarray(at, at + PIECE_BYTES));
        at += PIECE_BYTES;
        if (at < bytes.length) return;
        controller.close();
        onEnd();
      },
      cancel: onEnd,
    },
    { highWaterMark: 0 },
  );
  return new Response(body, response);
}

function once(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) work();
    isDone = true;
  };
}
