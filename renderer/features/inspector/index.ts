export { HexText } from './bytes/hex-text.tsx'
export { Inspector } from './inspector.tsx'
