/** What was done about dirty input, in words; what begins with "items" counts items, all else rows. */
const REPAIRS: Readonly<Record<string, string>> = {
  time_backwards: 'went back in time and were sorted into place',
  state_missing_unchanged: 'told no state and were read as unchanged',
  first_state_missing: 'came before the first known state of their item',
  state_repeated: 'repeated the state before',
  created_after_first_change: 'items had a creation time after their first change, which counts instead',
  first_state_inferred: 'items were created before their first recorded change and were put into the first stage from then on',
}

export function repairWords(rule: string): string {
  return REPAIRS[rule] ?? rule.replaceAll('_', ' ')
}
