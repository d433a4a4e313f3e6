import { z } from 'zod'
import { annotationInput, calendarInput, goalInput, kpiInput, portfolioShell, streamInput } from './schema'

type Schema = z.core.JSONSchema.BaseSchema

/** JSON Schema of a portfolio file, for completion in editors; `sourceSchemas` are the options of every connector. */
export function portfolioJsonSchema(sourceSchemas: Readonly<Record<string, z.ZodType>>): Schema {
  const sources = Object.entries(sourceSchemas).map(([connector, schema]) => sourceSchema(connector, schema))
  const whole = portfolioShell.extend({
    calendar: calendarInput.optional().describe('Working days'),
    streams: z.array(streamInput).min(1).describe('Value streams'),
    goals: z.array(goalInput).optional().describe('What is to be reached (Evidence-Based Management)'),
    kpis: z.array(kpiInput).optional().describe('What tells whether it is reached'),
    annotations: z.array(annotationInput).optional().describe('Events that may explain a change'),
  })
  const schema = z.toJSONSchema(whole, {
    io: 'input',
    override: ({ jsonSchema, path }) => {
      if (path.at(-2) === 'sources' && path.at(-1) === 'items') replace(jsonSchema, { anyOf: sources })
    },
  })
  return { $schema: schema.$schema, $id: 'https://streamgauge.dev/portfolio.schema.json', title: 'Streamgauge portfolio', ...schema }
}

function sourceSchema(connector: string, options: z.ZodType): Schema {
  const { $schema: _, ...schema } = z.toJSONSchema(options, { io: 'input', unrepresentable: 'any' }) as Schema
  const properties = { connector: { const: connector, description: 'Kind of source' }, ...schema.properties }
  return { ...schema, title: `${connector} source`, properties, required: ['connector', ...(schema.required ?? [])] }
}

function replace(target: Schema, source: Schema): void {
  for (const key of Object.keys(target)) delete target[key]
  Object.assign(target, source)
}
