const BRAND = Symbol.for('streamgauge.sql')

/** A value that may be bound to a query. */
export type SqlValue = string | number | boolean | null

/**
 * A piece of SQL whose values stand apart from its text. Made by the `sql` tag alone, so text can never be pasted in:
 * a nested piece is inlined, everything else is bound.
 */
export class Sql {
  readonly [BRAND] = true

  /** A web server bundles pages and routes apart, each with a copy of this class: `instanceof` holds for all of them. */
  static [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && BRAND in value
  }

  /** `texts.length === values.length + 1`. */
  constructor(
    readonly texts: readonly string[],
    readonly values: readonly SqlValue[],
  ) {}
}

const KEPT = Symbol.for('streamgauge.sql.kept')

/**
 * A question whose answer stays in memory, since many others are answered out of it.
 * @param taken a condition on its columns: which of its rows are taken for the one that is asked
 */
export function kept({ texts, values }: Sql, taken: Sql): Sql {
  return Object.assign(new Sql(texts, values), { [KEPT]: taken })
}

/** Which rows are taken of an answer that stays in memory; undefined: of one that does not. */
export function takenOf(query: Sql & { readonly [KEPT]?: Sql }): Sql | undefined {
  return query[KEPT]
}

/** Tagged template: `${value}` becomes a bound parameter, `${piece}` is inlined. */
export function sql(strings: TemplateStringsArray, ...parts: readonly (Sql | SqlValue)[]): Sql {
  const texts: string[] = [strings[0] ?? '']
  const values: SqlValue[] = []
  const extend = (text: string) => texts.push((texts.pop() ?? '') + text)
  parts.forEach((part, index) => {
    if (part instanceof Sql) {
      extend(part.texts[0] ?? '')
      part.values.forEach((value, at) => {
        values.push(value)
        texts.push(part.texts[at + 1] ?? '')
      })
    } else {
      values.push(part)
      texts.push('')
    }
    extend(strings[index + 1] ?? '')
  })
  return new Sql(texts, values)
}

/** Pieces put together with a separator (default `, `). */
export function join(pieces: readonly Sql[], separator = ', '): Sql {
  const between = new Sql([separator], [])
  return pieces.reduce((all, piece, index) => (index === 0 ? piece : sql`${all}${between}${piece}`), new Sql([''], []))
}

/** A bound list: `(v1, v2, …)`; an empty list holds only NULL, which nothing equals. */
export function list(values: readonly SqlValue[]): Sql {
  return sql`(${join((values.length ? values : [null]).map((value) => sql`${value}`))})`
}

/** Whether a value is one of a list. A single one is compared, which a database does quicker than looking into a list of one. */
export function isOneOf(value: Sql, values: readonly Sql[]): Sql {
  if (values.length === 1) return sql`${value} = ${values[0] ?? null}`
  return values.length ? sql`${value} IN (${join(values)})` : sql`FALSE`
}

const PLAIN_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/

/** A column or table name out of a closed list; anything but letters, digits and `_` is refused. */
export function ident(name: string): Sql {
  if (!PLAIN_NAME.test(name)) throw new TypeError(`not a plain SQL name: ${JSON.stringify(name)}`)
  return new Sql([name], [])
}

/** A name as data gives it (a column of somebody's file), quoted. Only for statements of the build. */
export function quotedName(name: string): Sql {
  return new Sql([`"${name.replaceAll('"', '""')}"`], [])
}

/** A text constant where a parameter can't stand (COPY, SET, table functions). Only for statements of the build. */
export function literal(text: string): Sql {
  if (text.includes('\0')) throw new TypeError('a text constant must not hold a zero character')
  return new Sql([`'${text.replaceAll("'", "''")}'`], [])
}

/** The same with its values as constants, where parameters can't stand: in views. */
export function inlined({ texts, values }: Sql): Sql {
  const constants = values.map((value) => (typeof value === 'string' ? literal(value) : new Sql([String(value)], [])))
  return constants.reduce(
    (all, constant, index) => sql`${all}${constant}${new Sql([texts[index + 1] ?? ''], [])}`,
    new Sql([texts[0] ?? ''], []),
  )
}
