import { z } from 'zod'
import { dayField, idField, labelField, numberField, textField, wholeField, zoneField } from '@/lib/model/field'
import { GOAL_LEVELS } from '@/lib/model/goal'
import { DIRECTIONS, KEY_VALUE_AREAS } from '@/lib/model/kpi'
import { ANNOTATION_KINDS } from '@/lib/model/portfolio'
import { STAGE_KINDS } from '@/lib/model/stage'
import { GRAINS, POLICIES, SLICE_RULES } from '@/lib/model/unit'

const states = z.array(textField())
const oneOrMore = z.union([textField(), z.array(textField()).min(1)])
const scopeInput = z.record(textField(), oneOrMore)

export const calendarInput = z.strictObject({
  weekend: z.array(textField()).optional().describe('Days off in every week: mon … sun; default: sat, sun'),
  holidays: z.array(dayField()).optional().describe('Days off, YYYY-MM-DD'),
})

export const stageInput = z.strictObject({
  id: idField().describe('Name of the stage in addresses and figures; unique within its stream'),
  name: labelField().optional().describe('Name for people; default: the id'),
  kind: z.enum(STAGE_KINDS).describe('queue: it waits; active: it is worked on; done: it is finished'),
  states: states.optional().describe('States of the tracker that mean this stage; default: the name of the stage'),
  waiting: states.optional().describe('States within an active stage in which an item waits; moves between the two are no rework'),
  wipLimit: wholeField(1).optional().describe('How many items may be in the stage at once'),
})

/** What every source has; the rest belongs to its connector. */
export const sourceInput = z.looseObject({ connector: textField(60).describe('What kind of source this is, e.g. file') })

export const streamInput = z.strictObject({
  id: idField().describe('Name of the stream in addresses and figures'),
  name: labelField().optional().describe('Name for people; default: the id'),
  timezone: zoneField().optional().describe('IANA zone in which calendar days are taken; default: the one of the portfolio'),
  sources: z.array(sourceInput).min(1).describe('Where the history comes from'),
  types: z
    .record(labelField(), states)
    .optional()
    .describe('Flow item types (feature, defect, risk, debt) and the types of the tracker they stand for'),
  stages: z.array(stageInput).min(1).describe('The workflow, in order'),
  cancelled: states.optional().describe('States that end an item without delivering it'),
  committed: textField().optional().describe('Stage at which flow time starts; default: the one at which cycle time starts'),
  started: textField().optional().describe('Stage at which cycle time starts; default: the first active stage'),
  finished: textField().optional().describe('Stage from which on an item is finished; default: the first done stage'),
  requested: textField().optional().describe('Stage at which customer lead time starts; needs delivered'),
  delivered: textField().optional().describe('Stage from which on the customer has it; needs requested'),
  spans: z
    .record(
      textField(),
      z.strictObject({
        from: textField().describe('Stage at which the span starts'),
        to: textField().describe('Stage from which on it is over'),
        name: labelField().optional().describe('Name for people; default: the id'),
      }),
    )
    .optional()
    .describe('Further spans of time to measure, beside lead, flow and cycle time'),
  sle: z
    .strictObject({ percentile: wholeField(1, 99).describe('Share of items, in percent'), days: wholeField(1).describe('Calendar days') })
    .optional()
    .describe('Service level expectation: so many percent of items within so many days'),
})

export const goalInput = z.strictObject({
  id: idField(),
  name: labelField().optional().describe('Name for people; default: the id'),
  level: z.enum(GOAL_LEVELS),
  parent: textField().optional().describe('Goal of a higher level that this one serves'),
  owner: labelField().optional(),
  due: dayField().optional().describe('YYYY-MM-DD'),
  match: z.record(textField(), oneOrMore).optional().describe('Items that serve the goal: every dimension named has one of the values'),
})

export const kpiInput = z.strictObject({
  id: idField(),
  goal: textField().describe('Goal that this KPI speaks for'),
  area: z.enum(KEY_VALUE_AREAS).describe('Key value area (Evidence-Based Management)'),
  name: labelField().optional().describe('Name for people; default: the id'),
  unit: labelField(40).describe('Unit of the figure; days, elapsed or workdays also choose how a flow metric counts time'),
  direction: z.enum(DIRECTIONS).describe('Which way is better; within: no further from the target than the tolerance'),
  baseline: numberField().optional().describe('Where the path to the target begins'),
  target: numberField(),
  tolerance: numberField().optional().describe('For direction within: how far from the target still counts as met'),
  due: dayField().optional().describe('Day by which the target is to be met, YYYY-MM-DD; default: the one of the goal'),
  series: textField().optional().describe('A file of dated values (date,value), relative to this file'),
  metric: textField().optional().describe('A flow metric, instead of a series'),
  span: textField().optional().describe('lead, flow, cycle, or a span of a stream'),
  percentile: wholeField(1, 99).optional(),
  grain: z.enum(GRAINS).optional(),
  policy: z.enum(POLICIES).optional(),
  rule: z.enum(SLICE_RULES).optional(),
  scope: scopeInput.optional().describe('Which items count: stream, team, type, goal, priority, dim.<name>'),
})

export const annotationInput = z.strictObject({
  on: dayField().describe('YYYY-MM-DD'),
  until: dayField().optional().describe('Last day, YYYY-MM-DD; default: the first'),
  kind: z.enum(ANNOTATION_KINDS).optional().describe('Default: note'),
  text: labelField(),
  scope: scopeInput.optional(),
})

/** A stream's own keys; its sources and stages are checked one by one, so that one fault hides no other. */
export const streamShell = streamInput.extend({ sources: z.array(z.unknown()).min(1), stages: z.array(z.unknown()).min(1) })

/** The file's own keys; what stands in its lists is checked entry by entry. */
export const portfolioShell = z.strictObject({
  name: labelField(),
  timezone: zoneField().describe('IANA zone in which calendar days are taken, e.g. Europe/Berlin'),
  calendar: z.unknown().optional(),
  streams: z.array(z.unknown()).min(1),
  goals: z.array(z.unknown()).optional(),
  kpis: z.array(z.unknown()).optional(),
  annotations: z.array(z.unknown()).optional(),
})

export type StageInput = z.output<typeof stageInput>
export type StreamInput = z.output<typeof streamShell>
export type GoalInput = z.output<typeof goalInput>
export type KpiInput = z.output<typeof kpiInput>
