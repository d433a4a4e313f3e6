import { existsSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type Facts, factFile } from './facts'
import { loadPackage } from './install'
import type { Rival, RivalRows } from './rival'

const CHDB = '3.4.0'
const TYPES = { int: 'Int32', small: 'Int16', big: 'Int64', text: 'String' } as const
/** Columns that may be absent; everywhere else the cheaper plain type is right. */
const NULLABLE = new Set(['start_day', 'late_day', 'from_position', 'start_week'])

interface Session {
  query(text: string, format?: string): string
  cleanup(): void
}

/** ClickHouse inside this process: MergeTree tables in the order of stream and day. @throws where the package has no binary for this machine */
export async function openClickhouse(facts: Facts, packages: string): Promise<Rival> {
  const { Session } = (await loadPackage(packages, 'chdb', CHDB)) as { Session: new (path: string) => Session }
  const folder = path.join(facts.folder, 'clickhouse')
  const isFilled = path.join(folder, 'filled')
  if (!existsSync(isFilled)) await rm(folder, { recursive: true, force: true })
  const session = new Session(folder)
  if (!existsSync(isFilled)) {
    fill(session, facts)
    await writeFile(isFilled, '')
  }
  session.query('USE bench')
  const version = session.query('SELECT version()', 'TabSeparated').trim()
  return {
    name: 'ClickHouse in process',
    about: `ClickHouse ${version} (chdb ${CHDB}), MergeTree ordered by stream and day, parts merged, smallest integer types`,
    hasCubes: false,
    hasGroupingSets: true,
    ask: async (statement) => {
      const text = session.query(`${statement} SETTINGS output_format_json_quote_64bit_integers = 0`, 'JSONCompact')
      return (JSON.parse(text) as { data: RivalRows }).data
    },
    close: async () => session.cleanup(),
  }
}

function fill(session: Session, facts: Facts): void {
  session.query('CREATE DATABASE IF NOT EXISTS bench')
  session.query('USE bench')
  for (const { name, columns, order, cube } of facts.tables) {
    if (cube) continue
    const types = Object.entries(columns).map(
      ([column, type]) => `${column} ${NULLABLE.has(column) ? `Nullable(${TYPES[type]})` : TYPES[type]}`,
    )
    session.query(`CREATE TABLE ${name} (${types.join(', ')}) ENGINE = MergeTree ORDER BY (${order.join(', ')})`)
    const select = Object.keys(columns).join(', ')
    session.query(`INSERT INTO ${name} SELECT ${select} FROM file('${factFile(facts, name).replaceAll("'", "\\'")}', Parquet)`)
    session.query(`OPTIMIZE TABLE ${name} FINAL`)
  }
}
