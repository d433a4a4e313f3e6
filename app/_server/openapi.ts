import type { ColumnKind } from '@/lib/engine/columns'
import { describeMetric, type MetricDescription, type ParamDoc } from '@/lib/metrics/describe'
import { EXPLAIN_PARAMS } from '@/lib/metrics/explain/place'
import { METRICS } from '@/lib/metrics/registry'
import packageJson from '@/package.json'
import { EXPLAIN_FORMATS } from './http/explain-answer'
import { MEDIA_TYPES } from './http/negotiate'

const JSON_TYPES: Readonly<Record<ColumnKind, Readonly<Record<string, unknown>>>> = {
  int: { type: 'integer' },
  float: { type: 'number' },
  text: { type: 'string' },
  bool: { type: 'boolean' },
  day: { type: 'string', format: 'date' },
  instant: { type: 'string', format: 'date-time' },
}

const PROBLEM = {
  description: 'What is wrong with the request (RFC 9457)',
  content: { 'application/problem+json': { schema: ref('Problem') } },
}
const ID = {
  name: 'id',
  in: 'path',
  required: true,
  description: 'snapshot; "current" redirects to the one that is served',
  schema: { type: 'string' },
}

/** The description of the API, from the very objects that answer. */
export function openApiDocument() {
  const metrics = METRICS.map(describeMetric)
  return {
    openapi: '3.1.0',
    info: {
      title: 'Streamgauge',
      version: packageJson.version,
      description: packageJson.description,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    paths: {
      '/api/snapshots': get('All snapshots, newest first', {
        type: 'object',
        properties: { snapshots: { type: 'array', items: ref('Snapshot') } },
      }),
      '/api/snapshots/current': get('The snapshot that is served now', ref('Snapshot')),
      '/api/snapshots/{id}/portfolio': get('Configuration of a snapshot, without its sources', { type: 'object' }, [ID]),
      ...Object.fromEntries(metrics.map((metric) => [`/api/snapshots/{id}/metrics/${metric.name}`, metricPath(metric)])),
      '/api/snapshots/{id}/metrics/{metric}/explain': get(
        'How an answer came about: definition, parameters, SQL as run, items behind and left out; takes the parameters of the metric too',
        { type: 'object' },
        [ID, METRIC, EXPLAIN_FORMAT, ...EXPLAIN_PARAMS.map(queryParam)],
      ),
      '/api/snapshots/{id}/verify': get('Every check of a snapshot with its figures', { type: 'object' }, [ID, KEPT]),
      '/api/snapshots/{id}/sources': get(
        'What a snapshot was made from, what stayed behind, and which snapshots there are',
        { type: 'object' },
        [ID],
      ),
      '/api/metrics': get('Every metric with definition, parameters and columns', { type: 'object' }),
      '/api/health': get('Whether questions can be answered, and how late the event loop was in the last half minute', HEALTH),
    },
    components: { schemas: { Snapshot: SNAPSHOT, Problem: PROBLEM_SCHEMA } },
  }
}

function metricPath(metric: MetricDescription) {
  const row = {
    type: 'object',
    properties: Object.fromEntries(metric.columns.map((column) => [column.name, columnSchema(column)])),
  }
  const media = [MEDIA_TYPES.json, MEDIA_TYPES.arrow, MEDIA_TYPES.csv, MEDIA_TYPES.parquet].map((type): [string, unknown] => [
    type,
    { schema: type === MEDIA_TYPES.json ? { type: 'array', items: row } : { type: 'string' } },
  ])
  return {
    get: {
      operationId: metric.name,
      summary: metric.title,
      description: `${metric.doc}\n\nSource: ${metric.source}. Dimensions of the portfolio narrow the answer as \`dim.<name>\`.\n\nExample: ${metric.example.address}`,
      parameters: [ID, FORMAT, ...metric.params.filter((param) => !param.name.includes('<')).map(queryParam)],
      responses: {
        200: { description: 'The rows; an answer never changes', content: Object.fromEntries(media) },
        304: { description: 'Known already' },
        default: PROBLEM,
      },
    },
  }
}

const KEPT = {
  name: 'kept',
  in: 'query',
  description: 'true: only a result that is there already, else 204; a first run takes a minute or two',
  schema: { type: 'string', enum: ['true', 'false'], default: 'false' },
}
const EXPLAIN_FORMAT = {
  name: 'format',
  in: 'query',
  description: 'csv: only the list of the items behind, all of them; default: json',
  schema: { type: 'string', enum: EXPLAIN_FORMATS },
}
const METRIC = { name: 'metric', in: 'path', required: true, description: 'name of the metric', schema: { type: 'string' } }
const FORMAT = {
  name: 'format',
  in: 'query',
  description: 'beats the Accept header; default: arrow',
  schema: { type: 'string', enum: Object.keys(MEDIA_TYPES) },
}

function queryParam(param: ParamDoc) {
  const schema = {
    type: 'string',
    ...(param.allowed ? { enum: param.allowed } : {}),
    ...(param.default === undefined ? {} : { default: param.default }),
  }
  return { name: param.name, in: 'query', required: param.required, description: param.meaning, schema }
}

function columnSchema({ kind, nullable, meaning, unit }: MetricDescription['columns'][number]) {
  const { type, ...rest } = JSON_TYPES[kind]
  return { type: nullable ? [type, 'null'] : type, ...rest, description: unit ? `${meaning} (${unit})` : meaning }
}

function get(summary: string, schema: unknown, parameters: readonly unknown[] = []) {
  const ok = { description: summary, content: { 'application/json': { schema } } }
  return { get: { summary, parameters, responses: { 200: ok, default: PROBLEM } } }
}

function ref(name: string) {
  return { $ref: `#/components/schemas/${name}` }
}

const TEXT = { type: 'string' }
const DATE = { type: 'string', format: 'date' }
const COUNT = { type: 'integer' }

const SNAPSHOT = {
  type: 'object',
  properties: {
    id: TEXT,
    created_at: { type: 'string', format: 'date-time' },
    name: TEXT,
    first_on: DATE,
    as_of: DATE,
    item_count: COUNT,
    change_count: COUNT,
    warnings: { type: 'array', items: TEXT },
    is_current: { type: 'boolean' },
  },
}

const DELAY = { type: 'object', description: 'in ms', properties: { p50: COUNT, p99: COUNT, max: COUNT } }
const HEALTH = {
  type: 'object',
  properties: { status: TEXT, version: TEXT, snapshot: { type: ['string', 'null'] }, eventLoopDelay: DELAY },
}

const FAULT = { type: 'object', properties: { where: TEXT, message: TEXT, value: TEXT, allowed: { type: 'array', items: TEXT } } }
const PROBLEM_SCHEMA = {
  type: 'object',
  properties: { type: TEXT, title: TEXT, status: COUNT, detail: TEXT, instance: TEXT, faults: { type: 'array', items: FAULT } },
}
