export const OURS = 'Streamgauge'
export const SCAN = 'bare scan'
export const LOOP = 'plain JavaScript loop'
