import { describe, expect, it } from 'vitest'
import type { ColumnProfile, DataProfile } from '@/lib/model/data-profile'
import { Problem } from '@/lib/problem'
import { planDraft } from './plan'

/** A column by its samples; counts follow from them unless given. */
function column(name: string, samples: readonly string[], extra: Partial<ColumnProfile> = {}): ColumnProfile {
  return { name, samples, distinctCount: samples.length, blankRatio: 0, ...extra }
}

function profile(columns: readonly ColumnProfile[], rowCount = 1000): DataProfile {
  return { file: 'log.csv', rowCount, columns }
}

function refusal(action: () => unknown): string {
  try {
    action()
  } catch (error) {
    if (error instanceof Problem) return error.toText()
    throw error
  }
  throw new Error('expected a Problem')
}

const ITEM = column('number', ['INC1', 'INC2'], { distinctCount: 200 })
const STATE = column('incident_state', ['New', 'Active', 'Closed'])
const incidents = profile([
  ITEM,
  STATE,
  column('active', ['true', 'false']),
  column('caller_id', ['Caller 1'], { distinctCount: 150 }),
  column('opened_at', ['29/2/2016 01:16'], { distinctCount: 190 }),
  column('sys_created_at', ['?', '29/2/2016 01:23'], { distinctCount: 110 }),
  column('sys_updated_at', ['29/2/2016 01:23', '1/3/2016 08:53'], { distinctCount: 500, largestDateParts: { first: 31, second: 12 } }),
  column('closed_at', ['5/3/2016 12:00'], { distinctCount: 100 }),
  column('assignment_group', ['Group 56', '?'], { distinctCount: 70 }),
  column('category', ['Category 55'], { distinctCount: 59 }),
  column('priority', ['3 - Moderate', '2 - High']),
])

const board = profile(
  [
    column('ID', ['I-1', 'I-2'], { distinctCount: 20 }),
    column('Link', ['https://example.org/I-1'], { distinctCount: 20 }),
    column('Name', ['Some title'], { distinctCount: 20 }),
    column('Created Date', ['2021-01-01']),
    column('Backlog', ['2021-01-01']),
    column('Build', ['2021-01-10'], { blankRatio: 0.2 }),
    column('Done', ['2021-01-20'], { blankRatio: 0.4 }),
    column('Last Updated', ['2021-01-20']),
    column('Type', ['Story', 'Bug']),
    column('Status', ['Done', 'Withdrawn']),
  ],
  20,
)

describe('planDraft', () => {
  it('sees a log of changes', () => {
    expect(planDraft(incidents)).toMatchObject({
      layout: 'changes',
      item: 'number',
      at: 'sys_updated_at',
      state: 'incident_state',
      dimensions: { team: 'assignment_group', priority: 'priority', product: 'category' },
      format: '%d/%m/%Y %H:%M',
      hasOffset: false,
      nulls: ['?'],
      stageColumns: [],
    })
  })

  it('sees a row per item with a date column per stage', () => {
    const plan = planDraft(board)
    expect([plan.at, plan.format]).toEqual([undefined, undefined])
    expect(plan).toMatchObject({
      layout: 'stages',
      item: 'ID',
      state: 'Status',
      created: 'Created Date',
      details: { title: 'Name', url: 'Link' },
      dimensions: { type: 'Type' },
      stageColumns: ['Backlog', 'Build', 'Done'],
    })
  })

  it('takes what it is told', () => {
    const plan = planDraft(incidents, { item: 'caller_id', at: 'opened_at', state: 'active', format: '%m/%d/%Y %H:%M' })
    expect(plan).toMatchObject({ item: 'caller_id', at: 'opened_at', state: 'active', format: '%m/%d/%Y %H:%M' })
  })

  it('needs no format and no zone for instants with an offset', () => {
    const plan = planDraft(profile([ITEM, STATE, column('committed_at', ['2020-03-17T15:11:26-07:00'])]))
    expect(plan.format).toBeUndefined()
    expect(plan).toMatchObject({ hasOffset: true, at: 'committed_at' })
  })
})

describe('day or month', () => {
  const times = (samples: readonly string[], extra: Partial<ColumnProfile> = {}) =>
    profile([ITEM, STATE, column('updated', samples, extra)])

  it('stops and names both readings when every number could be either', () => {
    expect(refusal(() => planDraft(times(['1/2/2016 10:00', '12/11/2016 10:00'])))).toBe(
      [
        'The dates of log.csv cannot be read without doubt',
        '  log.csv column "updated": no day after the 12th tells whether it is day first (%d/%m/%Y %H:%M) or month first (%m/%d/%Y %H:%M); say which (got "1/2/2016 10:00"; allowed: %d/%m/%Y %H:%M, %m/%d/%Y %H:%M)',
      ].join('\n'),
    )
  })

  it.each([
    [{ first: 13, second: 12 }, '%d/%m/%Y'],
    [{ first: 12, second: 13 }, '%m/%d/%Y'],
  ])('is told by the whole column, not by samples: %j', (largestDateParts, format) => {
    expect(planDraft(times(['1/2/2016'], { largestDateParts })).format).toBe(format)
  })

  it('is told by samples when nothing else is known', () => {
    expect(planDraft(times(['1/2/2016', '2/28/2016'])).format).toBe('%m/%d/%Y')
  })

  it('is told by another column that writes its dates alike, but not by one that does not', () => {
    const with_ = (samples: readonly string[]) => profile([ITEM, STATE, column('updated', ['1/2/2016 10:00']), column('due', samples)])
    expect(planDraft(with_(['31/1/2016'])).format).toBe('%d/%m/%Y %H:%M')
    expect(refusal(() => planDraft(with_(['31.1.2016'])))).toContain('no day after the 12th')
  })

  it('stops when a column holds both', () => {
    expect(refusal(() => planDraft(times(['31/1/2016', '1/31/2016'])))).toContain('some values can only be day first')
  })

  it('takes the format that it is told', () => {
    expect(planDraft(times(['1/2/2016']), { format: '%d/%m/%Y' }).format).toBe('%d/%m/%Y')
  })

  it('stops when date columns are written in several ways', () => {
    const odd = profile([column('ID', ['1'], { distinctCount: 20 }), column('Todo', ['2021-01-01']), column('Done', ['31/1/2021'])], 20)
    expect(refusal(() => planDraft(odd))).toContain('its dates are written in several ways (allowed: ISO 8601, %d/%m/%Y)')
  })

  it('stops when a time column is not all dates', () => {
    expect(refusal(() => planDraft(times(['1/2/2016', '3/2/2016', 'soon'])))).toContain('its values are not all dates written in one way')
  })
})

describe('what cannot be told', () => {
  it.each([
    [profile([], 0), 'log.csv: has no rows'],
    [profile([STATE]), 'log.csv: no column looks as if it tells the items apart; name it as item (allowed: incident_state)'],
    [profile([ITEM]), 'log.csv: no column looks as if it holds the time of a change; name it as at'],
    [
      profile([ITEM, column('updated', ['2021-01-01'])]),
      'log.csv: no column looks as if it holds the state after a change; name it as state',
    ],
  ])('is said: %#', (data, message) => {
    expect(refusal(() => planDraft(data))).toContain(message)
  })

  it('names the nearest columns when one is named wrongly', () => {
    expect(refusal(() => planDraft(incidents, { state: 'incident_stat' }))).toContain(
      'state: log.csv has no such column (got "incident_stat"; allowed: incident_state',
    )
  })
})
