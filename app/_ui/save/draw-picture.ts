import { type Picture, type PictureChart, type PictureKey, type PictureText, pictureOf } from '@/lib/charts/picture'
import { chartTheme } from '@/lib/charts/theme'
import { chartSvg } from '../chart-svg'
import { type ChartSource, chartsIn } from './chart-pictures'
import { fontFaces, fontFamily, measureText } from './picture-font'

/** The charts of a panel as they are seen, on a light ground, with their words. */
export async function drawPicture(panel: Element, text: PictureText): Promise<Picture> {
  const charts = chartsIn(panel)
  const boxes = charts.map(({ element }) => element.getBoundingClientRect())
  const [left, top] = [Math.min(...boxes.map((box) => box.left)), Math.min(...boxes.map((box) => box.top))]
  const drawn = await Promise.all(
    charts.map(async ({ element, source }, index): Promise<PictureChart> => {
      const { width = 0, height = 0, left: x = 0, top: y = 0 } = boxes[index] ?? {}
      const caption = element.closest('[data-caption]')?.getAttribute('data-caption') ?? undefined
      return { svg: await svgOf(source, width, height), x: x - left, y: y - top + (caption ? CAPTION : 0), width, height, caption }
    }),
  )
  return pictureOf({
    text,
    legend: legendOf(panel),
    charts: drawn,
    theme: chartTheme('light', fontFamily()),
    measure: measureText,
    fontFaces: await fontFaces(),
  })
}

/** Room for the first row's captions; the page itself has room between the others. */
const CAPTION = 20

async function svgOf({ build, context }: ChartSource, width: number, height: number): Promise<string> {
  const { echarts } = await import('../echarts-parts')
  return chartSvg(echarts, build({ ...context, tile: undefined, theme: chartTheme('light', fontFamily()) }), { width, height })
}

/** What the legend beside the charts says, in light colours. */
function legendOf(panel: Element): PictureKey[] {
  const list = panel.querySelector('[data-legend] ul')
  if (!list || getComputedStyle(list).display === 'none') return []
  const light = document.createElement('div')
  light.style.cssText = 'color-scheme: light; position: absolute; visibility: hidden'
  light.append(list.cloneNode(true))
  list.parentElement?.append(light)
  try {
    return [...light.querySelectorAll('li')].map((entry) => {
      const key = entry.querySelector('[aria-hidden]')
      const label = [...entry.childNodes]
        .map((part) => part.textContent?.trim())
        .filter(Boolean)
        .join(' ')
      return { color: key ? getComputedStyle(key).backgroundColor : 'none', label }
    })
  } finally {
    light.remove()
  }
}

const SHARPNESS = 2

/** The same as pixels, twice as many as are seen. */
export async function pngOf({ svg, width, height }: Picture): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  try {
    const image = new Image()
    image.src = address
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = width * SHARPNESS
    canvas.height = height * SHARPNESS
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the picture is too large for this browser'))), 'image/png')
    })
  } finally {
    URL.revokeObjectURL(address)
  }
}

/** Hands a file to the browser, as a link to it would. */
export function saveFile(content: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  window.setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
