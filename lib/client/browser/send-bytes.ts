export interface SendBytesOptions {
  signal: AbortSignal;
  /** The share that has been sent, 0 to 1. */
  onProgress: (share: number) => void;
}

/** Posts bytes. Rejects if the server cannot be reached or the signal is aborted. */
export type SendBytes = (url: string, body: Blob, options: SendBytesOptions) => Promise<Response>;

/** Uses XMLHttpRequest, because `fetch` does not report the progress of an upload. */
export const sendBytes: SendBytes = (url, body, { signal, onProgress }) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    signal.addEventListener('abort', abort, { once: true });
    request.onloadend = () => signal.removeEventListener('abort', abort);
    request.onload = () => resolve(new Response(request.responseText, { status: request.status }));
    request.onerror = () => reject(new TypeError('The server cannot be reached.'));
    request.onabort = () => reject(new DOMException('The upload was cancelled.', 'AbortError'));
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.open('POST', url);
    request.setRequestHeader('content-type', body.type);
    request.send(body);
  });
