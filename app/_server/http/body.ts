/** What an answer is sent as. */
export interface Body {
  /** Infinite where the bytes are made while they are sent: such a body is never kept. */
  readonly byteLength: number
  /** Absent: as they are. */
  readonly encoding?: 'br'
  /** To be given to a response; may be asked for by several. */
  content(): Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>
}

/** All bytes at once. */
export function wholeBody(bytes: Uint8Array<ArrayBuffer>): Body {
  return { byteLength: bytes.byteLength, content: () => bytes }
}

/** Pieces that are made as fast as they are taken, so that there is no second copy of a long answer. */
export function longBody(pieces: () => Iterator<Uint8Array<ArrayBuffer>>): Body {
  return { byteLength: Number.POSITIVE_INFINITY, content: () => streamOf(pieces()) }
}

const LEAST_BYTES = 65_536

function streamOf(pieces: Iterator<Uint8Array<ArrayBuffer>>): ReadableStream<Uint8Array> {
  return new ReadableStream(
    {
      pull(controller) {
        let sent = 0
        while (sent < LEAST_BYTES) {
          const { value, done } = pieces.next()
          if (done) return controller.close()
          controller.enqueue(value)
          sent += value.byteLength
        }
      },
      cancel: () => void pieces.return?.(),
    },
    { highWaterMark: 0 },
  )
}
