import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parsePortfolio } from '@/lib/config/portfolio'
import type { Connector } from '@/lib/connectors/connector'
import { CONNECTORS } from '@/lib/connectors/registry'
import { METRICS } from '@/lib/metrics/registry'
import type { Portfolio } from '@/lib/model/portfolio'
import type { SourceConfig, ValueStream } from '@/lib/model/value-stream'
import { Problem } from '@/lib/problem'
import type { SourceReader } from '@/lib/snapshot/read-sources'

const BY_NAME = new Map(CONNECTORS.map((connector) => [connector.name, connector]))

/** Reads and checks a portfolio file. @throws Problem with every fault in it */
export function readPortfolioFile(file: string): Portfolio {
  const folder = path.dirname(path.resolve(file))
  return parsePortfolio(readText(file), {
    file,
    readText: (relative) => readFileSync(path.resolve(folder, relative), 'utf8'),
    sourceSchemas: Object.fromEntries(CONNECTORS.map((connector) => [connector.name, connector.options])),
    metricNames: METRICS.filter((metric) => metric.figure !== undefined).map((metric) => metric.name),
  })
}

/** Every configured source with the connector that reads it. */
export function sourceReaders(portfolio: Portfolio, baseFolder: string): SourceReader[] {
  return portfolio.streams.flatMap((stream) => stream.sources.map((source) => sourceReader(stream, source, baseFolder)))
}

function sourceReader(stream: ValueStream, source: SourceConfig, baseFolder: string): SourceReader {
  const connector = connectorOf(source)
  const { names, carried } = connector.dimensions(source)
  return {
    streamId: stream.id,
    dimensions: names,
    carried,
    read: (tools) => connector.read({ ...tools, stream, source, baseFolder }),
    growth: async (known) =>
      (await connector.growth?.({ stream, source, baseFolder }, known)) ?? {
        obstacle: `the connector "${connector.name}" reads all at once`,
      },
  }
}

function connectorOf(source: SourceConfig): Connector {
  const connector = BY_NAME.get(source.connector)
  if (!connector) throw new TypeError(`no connector is called ${source.connector}`)
  return connector
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const message =
      code === 'ENOENT' ? 'there is no such file: "streamgauge init DATAFILE" drafts one from your data' : `can't be read (${code})`
    throw new Problem('portfolio-file', "The portfolio file can't be read", { faults: [{ where: file, message }], cause: error })
  }
}
