declare module 'json-merge-patch' {
  const api: {
    apply(target: unknown, patch: unknown): unknown
    generate(before: unknown, after: unknown): unknown
  }
  export default api
}
