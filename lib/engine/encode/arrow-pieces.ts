import { RecordBatchStreamWriter } from 'apache-arrow'

/** Hands over what is written as it is, views of the columns' own arrays among it: nothing is joined on the way. */
export class PieceWriter extends RecordBatchStreamWriter {
  #pieces: Uint8Array<ArrayBuffer>[] = []

  /** What was written since the last call. */
  taken(): Uint8Array<ArrayBuffer>[] {
    const pieces = this.#pieces
    this.#pieces = []
    return pieces
  }

  protected override _write(chunk: ArrayBufferView<ArrayBuffer>): this {
    if (chunk.byteLength > 0) {
      this.#pieces.push(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength))
      this._position += chunk.byteLength
    }
    return this
  }
}

/** One array of them all. */
export function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  let size = 0
  for (const piece of pieces) size += piece.byteLength
  const all = new Uint8Array(size)
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.byteLength
  }
  return all
}
