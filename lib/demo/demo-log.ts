import { STREAMS } from './company'
import type { WorkItem } from './work-item'

/** Text columns of the log, in the order in which a file shows them. */
export const DEMO_TEXT_COLUMNS = [
  'item',
  'key',
  'title',
  'type',
  'url',
  'state',
  'team',
  'priority',
  'product',
  'component',
  'goal',
  'service_class',
  'block_reason',
] as const
export type DemoTextColumn = (typeof DEMO_TEXT_COLUMNS)[number]

/** Rows of one value stream, column by column: every row is a full record of an item after a change. An empty text is no value. */
export interface DemoBatch {
  readonly stream: string
  readonly rowCount: number
  readonly text: Readonly<Record<DemoTextColumn, readonly string[]>>
  /** Instants (ms, UTC) of the change and of the item's creation. */
  readonly at: Float64Array
  readonly created: Float64Array
  /** 1: blocked from here on. */
  readonly blocked: Uint8Array
}

interface Buffer {
  rowCount: number
  text: Record<DemoTextColumn, string[]>
  at: Float64Array
  created: Float64Array
  blocked: Uint8Array
}

const FIRST_ID = 10_000

/** Collects the rows of all streams and cuts them into batches. */
export class DemoLog {
  readonly #batchRows: number
  readonly #buffers: Buffer[]
  readonly #items: number[]
  #full: DemoBatch[] = []

  constructor(batchRows: number) {
    this.#batchRows = batchRows
    this.#buffers = STREAMS.map(() => createBuffer(batchRows))
    this.#items = STREAMS.map(() => 0)
  }

  get hasFullBatches(): boolean {
    return this.#full.length > 0
  }

  /** Gives an item its number in the tracker. */
  register(item: WorkItem): void {
    const { index, plan } = item.stream
    const number = (this.#items[index] ?? 0) + 1
    this.#items[index] = number
    item.key = `${plan.prefix}-${number}`
    item.id = String(FIRST_ID + number * STREAMS.length + index)
    item.url = `https://tracker.example.com/browse/${item.key}`
  }

  /** A row: the item as it is now. */
  write(item: WorkItem, at: number): void {
    const { index } = item.stream
    const buffer = this.#buffers[index]
    if (!buffer) return
    const { text } = buffer
    const row = buffer.rowCount++
    buffer.at[row] = at
    buffer.created[row] = item.createdAt
    buffer.blocked[row] = item.blocked ? 1 : 0
    text.item.push(item.id)
    text.key.push(item.key)
    text.title.push(item.title)
    text.type.push(item.traits.type)
    text.url.push(item.url)
    text.state.push(item.state)
    text.team.push(item.team.name)
    text.priority.push(item.priority)
    text.product.push(item.traits.product)
    text.component.push(item.traits.component)
    text.goal.push(item.goal)
    text.service_class.push(item.traits.serviceClass)
    text.block_reason.push(item.blockReason)
    if (buffer.rowCount < this.#batchRows) return
    this.#full.push(toBatch(index, buffer))
    this.#buffers[index] = createBuffer(this.#batchRows)
  }

  takeFull(): DemoBatch[] {
    const full = this.#full
    this.#full = []
    return full
  }

  /** What is left at the end. */
  takeRest(): DemoBatch[] {
    const rest = this.#buffers.flatMap((buffer, index) => (buffer.rowCount > 0 ? [toBatch(index, buffer)] : []))
    this.#buffers.forEach((_, index) => {
      this.#buffers[index] = createBuffer(this.#batchRows)
    })
    return rest
  }
}

function createBuffer(rows: number): Buffer {
  const text = Object.fromEntries(DEMO_TEXT_COLUMNS.map((name) => [name, []])) as unknown as Record<DemoTextColumn, string[]>
  return { rowCount: 0, text, at: new Float64Array(rows), created: new Float64Array(rows), blocked: new Uint8Array(rows) }
}

function toBatch(index: number, buffer: Buffer): DemoBatch {
  const { rowCount, text } = buffer
  const stream = STREAMS[index]?.id ?? ''
  const cut = { at: buffer.at.subarray(0, rowCount), created: buffer.created.subarray(0, rowCount) }
  return { stream, rowCount, text, ...cut, blocked: buffer.blocked.subarray(0, rowCount) }
}
