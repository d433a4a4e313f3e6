import { type DataType, type Table, Type, tableFromIPC, type Vector } from 'apache-arrow'
import { type ColumnKind, type ColumnSource, type Columns, type ColumnValue, columnsOf } from '@/lib/model/columns'

/** What an answer says of itself: the schema's metadata under `streamgauge`. */
export interface AnswerMeta {
  readonly metric: string
  readonly title: string
  readonly unit: string
  readonly snapshot: string
  /** YYYY-MM-DD */
  readonly as_of: string
  /** Parameters in force, defaults filled in. */
  readonly params: Readonly<Record<string, unknown>>
  readonly ignored: readonly string[]
  readonly notes: readonly string[]
}

export interface MetricAnswer {
  readonly columns: Columns
  readonly meta: AnswerMeta
}

const NO_META: AnswerMeta = { metric: '', title: '', unit: '', snapshot: '', as_of: '', params: {}, ignored: [], notes: [] }

/** Arrow IPC bytes → plain columns, once. Days become day numbers, instants milliseconds. */
export function decodeAnswer(bytes: Uint8Array): MetricAnswer {
  const table = tableFromIPC(bytes)
  const sources = table.schema.fields.map((field, index): [string, ColumnSource] => {
    const vector = table.getChildAt(index)
    const kind = kindOf(field.type)
    return [field.name, { kind, values: vector ? valuesOf(vector, kind) : [] }]
  })
  return { columns: columnsOf(Object.fromEntries(sources)), meta: metaOf(table) }
}

function metaOf(table: Table): AnswerMeta {
  const text = table.schema.metadata.get('streamgauge')
  return text ? { ...NO_META, ...(JSON.parse(text) as Partial<AnswerMeta>) } : NO_META
}

function kindOf(type: DataType): ColumnKind {
  switch (type.typeId) {
    case Type.Date:
      return 'day'
    case Type.Timestamp:
      return 'instant'
    case Type.Bool:
      return 'flag'
    case Type.Int:
    case Type.Float:
    case Type.Decimal:
      return 'number'
    default:
      return 'text'
  }
}

const MS_PER_DAY = 86_400_000

function valuesOf(vector: Vector, kind: ColumnKind): ColumnValue[] {
  const values = new Array<ColumnValue>(vector.length)
  for (let row = 0; row < vector.length; row++) values[row] = plainValue(vector.get(row), kind)
  return values
}

function plainValue(value: unknown, kind: ColumnKind): ColumnValue {
  if (value === null || value === undefined) return null
  if (kind === 'flag') return value === true
  if (kind === 'text') return String(value)
  const number = Number(value)
  return kind === 'day' ? Math.round(number / MS_PER_DAY) : number
}
