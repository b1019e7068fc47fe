/** Gets the page's own files over the network: watched while they arrive, told apart when they do not. Not what is in them. */

/**
 * Gets a file by its path relative to the page.
 * @param onBytes told how many bytes are here, as they arrive, where that can be told; what it throws ends the fetching
 * @throws FileMissingError when it is not there, FileStalledError when it no longer arrives, anything else when it cannot tell
 */
export type FileFetcher = (path: string, onBytes?: (received: number) => void) => Promise<ArrayBuffer>;

/** The server (or disk) answered, and has no such file. */
export class FileMissingError extends Error {
  override readonly name = "FileMissingError";
}

/** The file is kept by another browser, and no server has it. */
export class FileElsewhereError extends Error {
  override readonly name = "FileElsewhereError";
}

/** The server does not answer, or its answer stopped in the middle. */
export class FileStalledError extends Error {
  override readonly name = "FileStalledError";
}

/** Milliseconds without a byte after which a file is called stalled: slow connections pause, but not for so long. */
const STALL_MS = 10_000;

/**
 * A fetcher for browsers: paths are taken relative to `base`, the page's address. (A worker's own address will not do: it lies
 * in another folder.) A page of HTML in place of a file counts as missing, since many servers answer so for any unknown path.
 * @param stallMs milliseconds without a byte after which a request is given up
 */
export function fetchFrom(base: string | URL, stallMs = STALL_MS): FileFetcher {
  return async (path, onBytes = () => {}) => {
    const request = new AbortController();
    const stalled = new FileStalledError(`nothing came for ${stallMs / 1000} seconds`);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const waitAgain = () => {
      clearTimeout(timer);
      timer = setTimeout(() => request.abort(stalled), stallMs);
    };
    waitAgain();
    try {
      const response = await fetch(new URL(path, base), { signal: request.signal });
      refuse(response);
      return await readAll(response, (received) => {
        waitAgain();
        onBytes(received);
      });
    } catch (error) {
      if (request.signal.aborted) throw stalled;
      request.abort(); // the rest need not come
      // Browsers' words for it differ, and are for programmers.
      throw error instanceof TypeError ? new Error("the server was not reached, or the connection broke") : error;
    } finally {
      clearTimeout(timer);
    }
  };
}

function refuse(response: Response): void {
  const { status, ok, headers } = response;
  if (status === 404 || status === 410) throw new FileMissingError(`the server says ${status}`);
  if (!ok) throw new Error(`the server says ${status}`);
  if (headers.get("content-type")?.startsWith("text/html")) {
    throw new FileMissingError("the server sent a page in its place");
  }
}

/** The answer's body, piece by piece as it comes. */
async function readAll(response: Response, onBytes: (received: number) => void): Promise<ArrayBuffer> {
  const reader = response.body?.getReader();
  if (reader === undefined) return response.arrayBuffer();
  const pieces: Uint8Array[] = [];
  let received = 0;
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    pieces.push(read.value);
    received += read.value.byteLength;
    onBytes(received);
  }
  const whole = new Uint8Array(received);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.byteLength;
  }
  return whole.buffer;
}
