import type { RawParams } from '@/lib/metrics/params'

const DELIVERY = { stream: 'delivery' }

/** What the goldens answer, metric by metric: small windows, so that each can be checked by hand. */
export const ASKED: Readonly<Record<string, readonly RawParams[]>> = {
  'cumulative-flow': [
    { ...DELIVERY, from: '2024-03-18', to: '2024-03-23' },
    { ...DELIVERY, from: '2024-03-25', to: '2024-03-29', groupBy: 'team' },
    { stream: 'support', from: '2024-03-20', to: '2024-03-27' },
  ],
  occupancy: [
    { ...DELIVERY, from: '2024-03-20', to: '2024-03-28' },
    { from: '2024-03-25', to: '2024-03-26', groupBy: 'stream' },
  ],
  'span-percentiles': [
    DELIVERY,
    { ...DELIVERY, span: 'lead' },
    { ...DELIVERY, span: 'cycle', unit: 'elapsed', percentiles: '50,85' },
    { ...DELIVERY, unit: 'workdays', percentiles: '50,85' },
    { ...DELIVERY, policy: 'last_start_last_finish' },
    { ...DELIVERY, policy: 'sum_of_visits' },
    { ...DELIVERY, groupBy: 'team', percentiles: '50' },
    { ...DELIVERY, grain: 'week', percentiles: '85' },
  ],
  'finished-items': [{}, { ...DELIVERY, policy: 'sum_of_visits' }, { ...DELIVERY, asOf: '2024-03-25' }, { ...DELIVERY, team: 'Blue', rule: 'ever' }],
  throughput: [{}, { ...DELIVERY, groupBy: 'type' }, { ...DELIVERY, asOf: '2024-03-25', grain: 'day', from: '2024-03-20' }],
  arrivals: [DELIVERY, { ...DELIVERY, span: 'lead', grain: 'day' }, { ...DELIVERY, span: 'cycle', groupBy: 'team' }],
  wip: [DELIVERY, { span: 'lead', grain: 'week' }, { ...DELIVERY, groupBy: 'team', from: '2024-03-25', to: '2024-03-28' }],
  'aging-work': [{}, { ...DELIVERY, to: '2024-03-25' }, { ...DELIVERY, span: 'cycle', policy: 'last_start_last_finish' }],
  'aging-density': [
    {},
    { ...DELIVERY, to: '2024-03-25', pointsBelow: '0', rows: '4', oldest: '1', selected: 'E' },
    { ...DELIVERY, to: '2024-03-25', span: 'lead', pointsBelow: '3', ageFrom: '3', ageTo: '8', oldest: '2' },
  ],
  pace: [DELIVERY, { ...DELIVERY, span: 'cycle', percentiles: '50' }],
  'kpi-trend': [{ kpi: 'flow-p85' }, { kpi: 'nps' }],
  facets: [{}, { team: 'Red', rule: 'at_finish' }],
  items: [{}, { onDay: '2024-03-25', goal: 'faster' }, { status: 'finished', from: '2024-03-25', to: '2024-04-01' }, { stageId: 'unmapped', onDay: '2024-03-26' }, { ...DELIVERY, to: '2024-03-25', status: 'in_progress', compared: 'yes', sort: 'stage', order: 'asc' }],
  'item-life': [
    { item: 'G', ...DELIVERY },
    { item: 'D', ...DELIVERY },
  ],
  'span-density': [
    DELIVERY,
    { ...DELIVERY, pointsBelow: '0', rows: '5', columns: '10', outliers: '1', selected: 'B' },
    { ...DELIVERY, pointsBelow: '0', rows: '4', scale: 'log', unit: 'elapsed', lengthFrom: '0.5' },
  ],
  'span-histogram': [DELIVERY, { ...DELIVERY, span: 'cycle', unit: 'elapsed', groupBy: 'type' }],
  survival: [DELIVERY, { ...DELIVERY, span: 'cycle', asOf: '2024-03-25' }],
  'net-flow': [DELIVERY, { ...DELIVERY, span: 'lead', grain: 'month' }, { ...DELIVERY, grain: 'week', team: 'Blue' }],
  'stage-times': [DELIVERY, { stream: 'support' }],
  'value-stream-map': [DELIVERY, { ...DELIVERY, from: '2024-03-25', to: '2024-04-01' }],
  bottlenecks: [{ ...DELIVERY, span: 'lead' }, DELIVERY],
  'flow-efficiency': [DELIVERY, { ...DELIVERY, span: 'lead', grain: 'month', groupBy: 'team' }],
  blocked: [{}, { asOf: '2024-03-25' }],
  rework: [{}, { asOf: '2024-03-24' }],
  'rework-loops': [{}, { asOf: '2024-03-24' }],
  handoffs: [{}],
  'flow-distribution': [{ ...DELIVERY, grain: 'month' }, { ...DELIVERY, of: 'wip' }, { ...DELIVERY, of: 'time', grain: 'quarter' }],
  alignment: [{ grain: 'quarter' }, { ...DELIVERY, of: 'wip', from: '2024-03-25', to: '2024-03-27' }],
  predictability: [DELIVERY, { ...DELIVERY, grain: 'month', span: 'lead' }],
  'littles-law': [DELIVERY],
  'process-behaviour': [{ ...DELIVERY, grain: 'day', from: '2024-03-18', to: '2024-03-26' }, { ...DELIVERY, metric: 'wip', grain: 'day', baselineTo: '2024-03-26' }],
  change: [{ ...DELIVERY, of: 'throughput', from: '2024-03-25', to: '2024-04-01' }],
  'data-quality': [{}, { ...DELIVERY, from: '2024-03-26', to: '2024-03-29', asOf: '2024-03-29', idleDays: '1' }],
}
