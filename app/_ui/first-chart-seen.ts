/** So long a picture that follows the page is waited for, ms. */
const LATEST = 1000

/** Settles when the chart that came with the page is painted; at once where none did. */
export async function firstChartSeen(): Promise<void> {
  if (document.hidden) return
  let isLate = false
  const timer = setTimeout(() => {
    isLate = true
  }, LATEST)
  while (!isLate && document.querySelector('[data-first-chart-coming]')) await frame()
  clearTimeout(timer)
  if (document.querySelector('[data-first-chart]') === null) return
  await frame()
  await frame()
}

/** The next frame, behind what is painted before it. */
function frame(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve))
  })
}
