import type { StateProfile } from '@/lib/model/data-profile'
import { Problem } from '@/lib/problem'
import { kindByName } from './kind-by-name'
import type { DraftPlan } from './plan'
import type { DraftStage, DraftWorkflow } from './stages'
import { draftWorkflow } from './stages'
import { draftTypes } from './types'
import { slug, wordsOf } from './words'
import { comment, flowList, flowMap, scalar } from './yaml-text'

/** Step two of a draft: the portfolio file as text; what was guessed says so. */
export function writeDraft(plan: DraftPlan, states: StateProfile): string {
  const workflow = draftWorkflow(states, { mayCancel: plan.layout === 'changes' })
  if (!workflow.stages.length) {
    throw new Problem('draft', `No portfolio can be drafted from ${plan.profile.file}`, {
      faults: [{ where: plan.profile.file, message: 'no item has a state that could be a stage' }],
    })
  }
  const title = titleOf(plan.profile.file)
  const lines = [
    `# Drafted by streamgauge init from ${comment(plan.profile.file)}. Check every line marked "guess".`,
    `name: ${scalar(title)}`,
    `timezone: UTC  # guess: the zone in which your days begin and end, e.g. Europe/Berlin`,
    'streams:',
    `  - id: ${scalar(slug(title, 'stream', []))}`,
    `    name: ${scalar(title)}`,
    '    sources:',
    ...sourceLines(plan, workflow).map((line) => `      ${line}`),
    ...typeLines(plan).map((line) => `    ${line}`),
    ...workflowLines(plan, workflow).map((line) => `    ${line}`),
  ]
  return `${lines.join('\n')}\n`
}

function titleOf(file: string): string {
  const name = file.split('/').at(-1) ?? file
  const words = wordsOf(name.replace(/(\.(csv|tsv|txt|json|ndjson|jsonl|parquet|gz))+$/i, '')).join(' ')
  return words ? words.charAt(0).toUpperCase() + words.slice(1) : 'Portfolio'
}

function sourceLines(plan: DraftPlan, workflow: DraftWorkflow): string[] {
  const { profile, layout, format, nulls, dimensions } = plan
  const isChanges = layout === 'changes'
  const columns = { item: plan.item, at: plan.at, state: plan.state, created: plan.created, ...plan.details }
  const why = isChanges ? 'one row per change' : 'one row per item, a date column per stage'
  return [
    '- connector: file',
    `  path: ${scalar(profile.file)}`,
    `  layout: ${layout}  # guess: ${why}`,
    '  columns:',
    ...entryLines(columns),
    ...(isChanges ? [] : ['  stageColumns:', ...entryLines(Object.fromEntries(workflow.stages.map((stage) => [stage.id, stage.source])))]),
    ...timeLines(format, plan.hasOffset),
    ...(nulls.length ? [`  nulls: ${flowList(nulls)}  # guess: these mean "no value"`] : []),
    ...(profile.delimiter === undefined ? [] : [`  delimiter: ${scalar(profile.delimiter)}`]),
    ...(Object.keys(dimensions).length ? ['  dimensions:', ...entryLines(dimensions)] : []),
  ]
}

function entryLines(entries: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(entries).flatMap(([key, column]) =>
    column === undefined ? [] : [`    ${scalar(key)}: ${scalar(column)}  # guess`],
  )
}

function timeLines(format: string | undefined, hasOffset: boolean): string[] {
  const entries: Record<string, string> = {}
  if (format !== undefined) entries.format = format
  if (!hasOffset) entries.timezone = 'UTC'
  if (!Object.keys(entries).length) return []
  const notes = [
    ...(format === undefined ? [] : ['the format of all values seen']),
    ...(hasOffset ? [] : ['the zone in which they were written']),
  ]
  return [`  timestamps: ${flowMap(entries)}  # guess: ${notes.join('; ')}`]
}

function typeLines(plan: DraftPlan): string[] {
  const column = plan.profile.columns.find((other) => other.name === plan.dimensions.type)
  const types = Object.entries(draftTypes(column?.samples ?? []))
  return types.length
    ? ['types:  # guess: flow item types; others keep their names', ...types.map(([type, names]) => `  ${type}: ${flowList(names)}`)]
    : []
}

function workflowLines(plan: DraftPlan, workflow: DraftWorkflow): string[] {
  const started = workflow.stages.find((stage) => stage.kind === 'active')
  const cancelled = plan.layout === 'changes' ? workflow.cancelled : cancelledStates(plan)
  return [
    'stages:  # guess: the order is the one in which states follow each other, the kinds are by name',
    ...workflow.stages.map((stage) => `  - ${stageText(stage, plan.layout)}  # guess; ${itemsText(stage.itemCount)}`),
    ...workflow.leftOut.map(
      (state) => `  # left out as too rare, so shown as unmapped: ${comment(state.name)} (${itemsText(state.itemCount)})`,
    ),
    `cancelled: ${flowList(cancelled)}  # guess: states that end an item without delivering it`,
    ...(started ? [`committed: ${scalar(started.id)}  # guess: where flow time starts`] : []),
  ]
}

function stageText({ id, name, kind, source }: DraftStage, layout: 'changes' | 'stages'): string {
  const states = layout === 'changes' ? `, states: ${flowList([source])}` : ''
  return `{id: ${scalar(id)}, name: ${scalar(name)}, kind: ${kind}${states}}`
}

function itemsText(count: number): string {
  return count === 1 ? '1 item' : `${count} items`
}

/** With a date column per stage, the present state still tells which items were dropped. */
function cancelledStates(plan: DraftPlan): string[] {
  const column = plan.profile.columns.find((other) => other.name === plan.state)
  return (column?.samples ?? []).filter((state) => kindByName(state) === 'cancelled')
}
