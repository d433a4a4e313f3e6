import { list, type Sql, sql } from '../../engine/sql'

const ISO_DATE = '^\\d{4}-\\d{2}-\\d{2}'
const ISO_WITH_OFFSET = '^\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}.*(Z|z|[+-]\\d{2}:?(\\d{2})?)$'
/** ISO 8601 lets the seconds be left out, DuckDB does not. */
const WITHOUT_SECONDS = '^(\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2})(Z|z|[+-].*)$'
const DAY_MONTH_IN_ANY_ORDER = '^\\d{1,2}[./-]\\d{1,2}[./-]\\d{2,4}'
const NO = ['false', 'f', 'no', 'n', '0']
const YES = ['true', 't', 'yes', 'y', '1', 'x']

/** A column as trimmed text; blanks and the source's null words are absent. */
export function textValue(column: Sql, nulls: readonly string[]): Sql {
  const trimmed = sql`nullif(trim(CAST(${column} AS VARCHAR)), '')`
  return nulls.length ? sql`CASE WHEN ${trimmed} IN ${list(nulls)} THEN NULL ELSE ${trimmed} END` : trimmed
}

/** Text → true, false or absent; any other word, such as a reason, means yes. */
export function booleanValue(text: Sql): Sql {
  return sql`CASE WHEN ${text} IS NULL THEN NULL ELSE lower(${text}) NOT IN ${list(NO)} END`
}

/** The reason that a text gives for being blocked: any word that is no plain yes or no. */
export function reasonValue(text: Sql): Sql {
  return sql`CASE WHEN lower(${text}) IN ${list([...NO, ...YES])} THEN NULL ELSE ${text} END`
}

export interface InstantFormat {
  /** strptime pattern; absent: ISO 8601. */
  readonly format?: string
  /** IANA zone of times that carry no offset. */
  readonly timezone: string
}

/** A column as UTC TIMESTAMP; what can't be read is absent. `type` is the column's own type. */
export function instantValue(column: Sql, type: string, options: InstantFormat): Sql {
  const { format, timezone } = options
  if (type === 'TIMESTAMP WITH TIME ZONE') return withoutZone(column)
  if (type.startsWith('TIMESTAMP') || type === 'DATE') return fromLocal(sql`CAST(${column} AS TIMESTAMP)`, timezone)
  if (format === undefined) {
    return sql`CASE WHEN regexp_matches(${column}, ${ISO_WITH_OFFSET}) 
        THEN ${withoutZone(sql`TRY_CAST(regexp_replace(${column}, ${WITHOUT_SECONDS}, '\\1:00\\2') AS TIMESTAMPTZ)`)}
      WHEN regexp_matches(${column}, ${ISO_DATE}) THEN ${fromLocal(sql`TRY_CAST(${column} AS TIMESTAMP)`, timezone)} END`
  }
  const parsed = sql`try_strptime(${column}, ${format})`
  return /%z/i.test(format) ? withoutZone(parsed) : fromLocal(parsed, timezone)
}

function fromLocal(local: Sql, timezone: string): Sql {
  return withoutZone(sql`timezone(${timezone}, ${local})`)
}

/** An instant as UTC TIMESTAMP. `timezone('UTC', …)` says the same but takes some microseconds for each row. */
function withoutZone(instant: Sql): Sql {
  return sql`make_timestamp(epoch_us(${instant}))`
}

/** Whether a text may be read as day-month as well as month-day, or in no agreed order at all. */
export function looksAmbiguous(text: Sql): Sql {
  return sql`regexp_matches(${text}, ${DAY_MONTH_IN_ANY_ORDER})`
}
