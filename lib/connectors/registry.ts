import type { Connector } from './connector'
import { fileConnector } from './file/connector'

/** Every kind of source there is. */
export const CONNECTORS: readonly Connector[] = [fileConnector]
