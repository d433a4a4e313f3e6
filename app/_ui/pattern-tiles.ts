import type { Tile } from '@/lib/charts/context'

/** Edge of a tile, px; on screens with finer dots it is drawn with more of them. */
const EDGE = 10
const tiles = new Map<string, HTMLCanvasElement>()

/**
 * A pattern as a picture that fills an area. The library's own patterns are painted anew, with all that lies on the same canvas, for
 * each move of the pointer.
 */
export const tileOf: Tile = ({ pattern, ground, color }) => {
  const scale = window.devicePixelRatio || 1
  const key = [pattern, ground, color, scale].join(' ')
  const image = tiles.get(key) ?? drawn({ pattern, ground, color }, scale)
  tiles.set(key, image)
  return { image, repeat: 'repeat', scaleX: 1 / scale, scaleY: 1 / scale }
}

function drawn({ pattern, ground, color }: Parameters<Tile>[0], scale: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(EDGE * scale)
  canvas.height = canvas.width
  const pen = canvas.getContext('2d')
  if (!pen) return canvas
  pen.scale(canvas.width / EDGE, canvas.height / EDGE)
  pen.fillStyle = ground
  pen.fillRect(0, 0, EDGE, EDGE)
  if (pattern === 'dots') paintDots(pen, color)
  else paintHatch(pen, color)
  return canvas
}

function paintDots(pen: CanvasRenderingContext2D, color: string): void {
  pen.fillStyle = color
  for (const place of [EDGE / 4, (3 * EDGE) / 4]) {
    pen.beginPath()
    pen.arc(place, place, 0.9, 0, 2 * Math.PI)
    pen.fill()
  }
}

function paintHatch(pen: CanvasRenderingContext2D, color: string): void {
  pen.strokeStyle = color
  pen.lineWidth = 3
  pen.beginPath()
  // Beyond the corners, so that the lines of neighbouring tiles join.
  for (const shift of [-EDGE, 0, EDGE]) {
    pen.moveTo(shift - 1, EDGE + 1)
    pen.lineTo(shift + EDGE + 1, -1)
  }
  pen.stroke()
}
