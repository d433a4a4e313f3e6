/** Each value with its place, the first is 1: what is drawn stays apart where values are alike. */
export function inOrder<T>(values: readonly T[]): { readonly value: T; readonly place: number }[] {
  return values.map((value, index) => ({ value, place: index + 1 }))
}

/** 1, 2, … count. */
export function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1)
}
