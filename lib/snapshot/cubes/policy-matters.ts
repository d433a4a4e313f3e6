import { ident, type Sql, sql } from '../../engine/sql'

/** Whether the length of a finish depends on the policy for items that move back. @param span as the columns of `finish` call it */
export function policyMatters(finish: Sql, span: string): Sql {
  const length = (name: string) => sql`${finish}.${ident(`${name}_${span}`)}`
  return sql`(${length('first_elapsed')} <> ${length('last_elapsed')} OR ${length('first_elapsed')} <> ${length('seconds')})`
}
