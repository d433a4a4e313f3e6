const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Text as HTML: titles of items come from trackers and may hold anything. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}

export interface TipRow {
  readonly label: string
  readonly value: string
  readonly color?: string
}

export interface Tip {
  readonly title: string
  readonly rows: readonly TipRow[]
  /** One line: what the value means, or what a click does. */
  readonly notes?: readonly string[]
}

/** A tooltip's HTML: title, rows of colour · label · value, notes. */
export function tipHtml(tip: Tip): string {
  const rows = tip.rows.map(
    (row) =>
      `<div class="sg-tip-row"><span class="sg-tip-key"${row.color ? ` style="background:${row.color}"` : ' data-none'}></span>` +
      `<span class="sg-tip-label">${escapeHtml(row.label)}</span><span class="sg-tip-value">${escapeHtml(row.value)}</span></div>`,
  )
  const notes = (tip.notes ?? []).map((note) => `<div class="sg-tip-note">${escapeHtml(note)}</div>`)
  return `<div class="sg-tip"><div class="sg-tip-title">${escapeHtml(tip.title)}</div>${rows.join('')}${notes.join('')}</div>`
}
