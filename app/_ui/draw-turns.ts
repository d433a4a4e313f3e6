interface Turn {
  readonly element: HTMLElement
  readonly draw: () => void
}

const turns = new Set<Turn>()
let isRunning = false

/**
 * Draws when it is the element's turn: one picture at a time, what is highest on the page first, each painted before the next begins, so that
 * the first is seen while the rest still cost time. @returns gives the turn back
 */
export function drawInTurn(element: HTMLElement, draw: () => void): () => void {
  const turn = { element, draw }
  turns.add(turn)
  if (!isRunning) {
    isRunning = true
    queueMicrotask(runTurns)
  }
  return () => turns.delete(turn)
}

function runTurns(): void {
  const next = highest()
  isRunning = next !== undefined
  if (!next) return
  turns.delete(next)
  try {
    next.draw()
  } finally {
    // Pages that nobody sees have no frames.
    if (document.hidden) setTimeout(runTurns)
    else requestAnimationFrame(() => setTimeout(runTurns))
  }
}

function highest(): Turn | undefined {
  const placed = [...turns].map((turn) => ({ turn, top: turn.element.getBoundingClientRect().top }))
  return placed.sort((a, b) => a.top - b.top)[0]?.turn
}
