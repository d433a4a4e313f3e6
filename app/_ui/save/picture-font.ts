/** Names of the page's own font, first choice first; without quotes, since the chart library writes them into attributes as they are. */
export function fontFamily(): string {
  return getComputedStyle(document.body).fontFamily.replace(/["']/g, '')
}

let canvas: CanvasRenderingContext2D | null | undefined

/** Width of a text in the page's font, px. */
export function measureText(text: string, size: number, bold: boolean): number {
  canvas ??= document.createElement('canvas').getContext('2d')
  if (!canvas) return text.length * size * 0.6
  canvas.font = `${bold ? 600 : 400} ${size}px ${fontFamily()}`
  return canvas.measureText(text).width
}

let kept: Promise<string> | undefined

/** The page's font as rules that carry it inside: a picture can't load anything. Without it a picture has the font of its viewer. */
export function fontFaces(): Promise<string> {
  kept ??= loadFaces().catch(() => {
    kept = undefined
    return ''
  })
  return kept
}

async function loadFaces(): Promise<string> {
  const family = fontFamily().split(',')[0]?.trim() ?? ''
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules].filter((rule) => rule instanceof CSSFontFaceRule))
  const faces = rules.filter((rule) => unquoted(rule.style.getPropertyValue('font-family')) === family)
  const written = await Promise.all(
    faces.map(async ({ style, parentStyleSheet }) => {
      const source = /url\(["']?([^"')]+)["']?\)/.exec(style.getPropertyValue('src'))?.[1]
      if (!source) return ''
      const response = await fetch(new URL(source, parentStyleSheet?.href ?? document.baseURI))
      const data = await dataUrl(await response.blob())
      return `@font-face{font-family:'${family}';font-weight:100 900;src:url(${data}) format('woff2')}`
    }),
  )
  return written.join('')
}

function unquoted(name: string): string {
  return name.trim().replace(/^["']|["']$/g, '')
}

function dataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result))
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(blob)
  })
}
