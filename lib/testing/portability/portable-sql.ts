import { bareStatement, type Select, selectsOf } from './statement'

/** What a metric's SQL must not hold, since a second engine reads it otherwise or not at all. */
export interface Refusal {
  readonly construct: string
  readonly reason: string
  /** The place, as it stands in the statement. */
  readonly text: string
}

/** Names of the columns that each table of a snapshot has. */
export type TableColumns = ReadonlyMap<string, ReadonlySet<string>>

type Rule = readonly [construct: string, pattern: RegExp, reason: string]

const ROUND = 'engines round halves differently: round in TypeScript'
const TIME = 'formats and zones differ between engines: use the dialect, or format in TypeScript'
const LISTS = 'lists and structs differ between engines: give rows'
const SYNTAX = 'is syntax of one engine'

/** Found in the text of a statement without its string constants. Patterns are global. */
const TEXT_RULES: readonly Rule[] = [
  ['median', /\b(median|mode|mad)\s*\(/gi, 'is sampled or absent elsewhere: build a histogram and take the nearest rank in TypeScript'],
  [
    'quantile',
    /\b(quantile\w*|approx_\w+|percentile_(cont|disc))\s*\(/gi,
    'quantiles differ between engines: build a histogram and take the nearest rank in TypeScript',
  ],
  ['WITHIN GROUP', /\bWITHIN\s+GROUP\b/gi, 'is not understood elsewhere: build a histogram'],
  ['rounding', /\b(round|round_even|trunc)\s*\(/gi, ROUND],
  ['DECIMAL', /\b(DECIMAL|NUMERIC|HUGEINT|UHUGEINT)\b/gi, 'decimals divide and round differently: cast to DOUBLE or INTEGER'],
  ['INTERVAL', /\bINTERVAL\b/gi, 'intervals differ between engines: days are integers, add those'],
  ['RANGE frame', /\bRANGE\s+(BETWEEN|UNBOUNDED|CURRENT)\b/gi, 'RANGE frames differ between engines: use ROWS'],
  ['LATERAL', /\bLATERAL\b/gi, 'is not understood elsewhere: join'],
  [
    'ordered aggregate',
    /\b(array_agg|list|group_concat|first|last|string_agg)\s*\([^()]*\bORDER BY\b/gi,
    'order inside an aggregate is not kept elsewhere',
  ],
  ['list', /\b(array_agg|list|list_\w+|array_\w+|unnest|flatten|range)\s*\(/gi, LISTS],
  ['struct', /\b(struct_pack|struct_\w+|row|map|map_\w+)\s*\(|\{|\[/gi, LISTS],
  ['arg_max', /\b(arg_max|arg_min|argMax|argMin)\s*\(/g, 'has another name elsewhere: use the dialect'],
  [
    'lag and lead',
    /\b(lag|lead|first_value|last_value|nth_value)\s*\(/gi,
    'gives 0 or an empty text at the edge elsewhere: use the dialect',
  ],
  ['regression', /\b(regr_\w+|corr|covar_\w+)\s*\(/gi, 'has another name elsewhere: use the dialect, or TypeScript'],
  [
    'time text',
    /\b(strftime|strptime|epoch\w*|make_\w+|to_timestamp|timezone|date_part|extract|dayofweek|isodow|week\w*|age|monthname|dayname)\s*\(/gi,
    TIME,
  ],
  ['AT TIME ZONE', /\bAT\s+TIME\s+ZONE\b/gi, TIME],
  [
    'clock and chance',
    /\b(now|today|random|uuid|gen_random_uuid)\s*\(|\bcurrent_(date|time|timestamp)\b/gi,
    'the same question must always give the same answer',
  ],
  ['::cast', /::/g, 'write CAST(… AS …)'],
  ['TRY_CAST', /\bTRY_CAST\b/gi, SYNTAX],
  ['ILIKE', /\b(ILIKE|GLOB|SIMILAR\s+TO)\b|~~|!~/gi, 'compare lower(…) LIKE'],
  ['EXCLUDE', /\*\s*(EXCLUDE|REPLACE|RENAME)\b|\bCOLUMNS\s*\(/gi, 'name the columns'],
  ['DISTINCT ON', /\bDISTINCT\s+ON\b/gi, 'use QUALIFY row_number() … = 1'],
  ['PIVOT', /\b(UN)?PIVOT\b|\bPOSITIONAL\s+JOIN\b|\bSUMMARIZE\b|\bSAMPLE\b|\bTABLESAMPLE\b/gi, SYNTAX],
  ['integer division', /\/\//g, 'use CAST and floor, or TypeScript'],
  ['empty list', /\bIN\s*\(\s*\)/gi, 'an empty list is an error: use list(), which holds a NULL then'],
]

const UNIT_RULE: Rule = [
  'date_diff',
  /\bdate_diff\s*\(\s*'(?!day'|second')[^']*'/gi,
  "only 'day' and 'second' are counted alike: weeks and months begin elsewhere",
]

/** What is not portable in the text of a statement; empty: nothing. */
export function refusals(text: string, tables: TableColumns = new Map()): Refusal[] {
  const bare = bareStatement(text)
  return [
    ...matches(UNIT_RULE, text),
    ...TEXT_RULES.flatMap((rule) => matches(rule, bare)),
    ...selectsOf(bare).flatMap((select) => [
      ...correlated(select),
      ...looseJoins(select),
      ...shadowed(select, tables),
      ...emptySums(select),
    ]),
  ]
}

function matches([construct, pattern, reason]: Rule, text: string): Refusal[] {
  return [...text.matchAll(pattern)].map((match) => ({ construct, reason, text: text.slice(match.index, match.index + 40) }))
}

/** A subquery that names a table of the SELECT around it. */
function correlated({ own, whole, outer }: Select): Refusal[] {
  if (!outer) return []
  const reason = 'a subquery that looks at the row outside is not understood over distributed tables: join'
  const known = new Set(aliasesOf(whole))
  return aliasesOf(outer.own)
    .filter((alias) => !known.has(alias) && new RegExp(`\\b${alias}\\.\\w`, 'i').test(own))
    .map((alias) => ({ construct: 'correlated subquery', reason, text: `${alias}. in ${own.trim().slice(0, 40)}` }))
}

function aliasesOf(text: string): string[] {
  const named = [...text.matchAll(/(?:\bFROM|\bJOIN)\s+(?:\([^()]*\)|[\w.$]+)\s+AS\s+(\w+)/gi)].map((match) => match[1] ?? '')
  const bare = [...text.matchAll(/(?:\bFROM|\bJOIN)\s+(?:\w+\.)?(\w+)(?!\s+AS\b)/gi)].map((match) => match[1] ?? '')
  return [...named, ...bare, ...[...text.matchAll(/\)\s*AS\s+(\w+)/gi)].map((match) => match[1] ?? '')]
}

function looseJoins({ own }: Select): Refusal[] {
  const joins = own.matchAll(
    /\bLEFT JOIN\b(.*?)\bON\b(.*?)(?=\b(?:LEFT|INNER|CROSS|FULL|JOIN|WHERE|GROUP|ORDER|HAVING|QUALIFY|LIMIT)\b|$)/gi,
  )
  return [...joins]
    .filter((join) => !/[^<>!]=[^=]/.test(join[2] ?? ''))
    .map((join) => ({ construct: 'inequality join', reason: 'a LEFT JOIN needs an equality', text: join[0].slice(0, 60) }))
}

/** `expression AS name … GROUP BY name` where a table in sight has a column of that name: engines choose differently. */
function shadowed({ own }: Select, tables: TableColumns): Refusal[] {
  const grouped = /\bGROUP BY\b(.*?)(?=\b(?:HAVING|ORDER|QUALIFY|LIMIT)\b|$)/i.exec(own)?.[1]
  if (grouped === undefined) return []
  const columns = new Set([...own.matchAll(/(?:\bFROM|\bJOIN)\s+\w+\.(\w+)/gi)].flatMap((match) => [...(tables.get(match[1] ?? '') ?? [])]))
  return [...own.matchAll(/([\w.$()]+)\s+AS\s+(\w+)/gi)]
    .filter(
      ([, expression = '', name = '']) => columns.has(name) && !new RegExp(`(^|\\.)${name}$`).test(expression) && isListed(grouped, name),
    )
    .map(([text]) => ({
      construct: 'shadowing alias',
      reason: 'GROUP BY means the column to one engine and the alias to another: give the alias a name of its own',
      text,
    }))
}

function isListed(grouped: string, name: string): boolean {
  return grouped.split(',').some((one) => one.trim() === name)
}

/** Sums over no rows are NULL here and 0 there. */
function emptySums({ own }: Select): Refusal[] {
  const chosen = /\bSELECT\b(.*?)\bFROM\b/i.exec(own)?.[1] ?? ''
  const isWhole =
    /\b(sum|max|min|avg)\s*\(/i.test(chosen) && !/\bGROUP BY\b/i.test(own) && !/\bOVER\b/i.test(chosen) && !/\bcoalesce\s*\(/i.test(chosen)
  return isWhole
    ? [
        {
          construct: 'empty sum',
          reason: 'without GROUP BY it is NULL on one engine and 0 on the other: group, or coalesce',
          text: own.trim().slice(0, 60),
        },
      ]
    : []
}
