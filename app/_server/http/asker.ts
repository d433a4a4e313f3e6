/** On whose behalf a request is answered: the address that is nearest to this server, so that nobody can pass for many. */
export function askerOf(request: Request): string {
  const addresses = request.headers.get('x-forwarded-for')?.split(',') ?? []
  return addresses.at(-1)?.trim() ?? ''
}
