/** Dimensions with a name of their own in every address; all others are asked for as `dim.<name>`. */
export const CORE_DIMENSIONS = ['team', 'type', 'goal', 'priority'] as const

/** Flow item types of the Flow Framework (Kersten, Project to Product). */
export const FLOW_TYPES = ['feature', 'defect', 'risk', 'debt'] as const

/** What an address says for items that have no value in a dimension. */
export const NO_VALUE = '(none)'

const DIMENSION_NAME = /^[a-z][a-z0-9_]{0,39}$/

/** A dimension's name: lower-case letter, then letters, digits or `_`, 40 characters at most. */
export function isDimensionName(name: string): boolean {
  return DIMENSION_NAME.test(name)
}

/** Column that holds a dimension in every table of a snapshot. */
export function dimensionColumn(name: string): string {
  return `dim_${name}`
}

/** Column of the value that a dimension had before, where a row is a change of values. */
export function formerDimensionColumn(name: string): string {
  return `former_${name}`
}
