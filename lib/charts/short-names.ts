/** Names of so many letters at most: cut at their end, or before their last word where two would be the same. */
export function shortNames(names: readonly string[], most: number): string[] {
  const cut = names.map((name) => (name.length > most ? `${name.slice(0, most - 1)}…` : name))
  return cut.map((short, place) =>
    short !== names[place] && cut.indexOf(short) !== cut.lastIndexOf(short) ? endKept(names[place] ?? '', most) : short,
  )
}

function endKept(name: string, most: number): string {
  const end = name.slice(name.lastIndexOf(' ') + 1).slice(2 - most)
  return `${name.slice(0, Math.max(0, most - 2 - end.length))}… ${end}`
}
