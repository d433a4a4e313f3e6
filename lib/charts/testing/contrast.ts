type Rgb = readonly [number, number, number]

/** `#rrggbb` → linear-light channels 0..1. */
function linear(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16)
  const channel = (shift: number) => {
    const c = ((value >> shift) & 255) / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  }
  return [channel(16), channel(8), channel(0)]
}

/** Relative luminance 0..1 (WCAG 2.2). */
export function luminance(hex: string): number {
  const [r, g, b] = linear(hex)
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** Contrast ratio 1..21 (WCAG 2.2). */
export function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)]
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05)
}

export type ColorVision = 'normal' | 'deuteranopia' | 'protanopia' | 'tritanopia'

// Machado, Oliveira, Fernandes 2009, severity 1.0, linear RGB.
const VISION: Record<ColorVision, readonly [Rgb, Rgb, Rgb]> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

/** Distance of two colours as a kind of colour vision sees them: ΔE in OKLab × 100 (2 is just noticeable). */
export function colorDistance(a: string, b: string, vision: ColorVision): number {
  const [x, y] = [oklab(see(linear(a), vision)), oklab(see(linear(b), vision))]
  return 100 * Math.hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2])
}

function see(rgb: Rgb, vision: ColorVision): Rgb {
  const [r, g, b] = VISION[vision]
  return [dot(r, rgb), dot(g, rgb), dot(b, rgb)]
}

function dot(a: Rgb, b: Rgb): number {
  return Math.min(1, Math.max(0, a[0] * b[0] + a[1] * b[1] + a[2] * b[2]))
}

// Ottosson 2020, https://bottosson.github.io/posts/oklab/
function oklab([r, g, b]: Rgb): Rgb {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}
