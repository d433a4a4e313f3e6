/** Of the picture where it stands alone, px. */
export const AGING_HEIGHT = 320
