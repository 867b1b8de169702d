export { HexText } from './bytes/hex-text.tsx'
export { Inspector, type InspectorProps } from './inspector.tsx'
