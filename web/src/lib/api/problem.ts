/** An error answer of the server (RFC 9457), or `unreachable` when there was no answer at all. */
export class Problem extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    readonly detail?: string,
    readonly retryAfterSeconds?: number,
  ) {
    super(detail ?? code);
    this.name = 'Problem';
  }

  static unreachable() {
    return new Problem('unreachable', 0);
  }

  static read(status: number, body: unknown): Problem {
    const { code, detail, retryAfterSeconds } = (body ?? {}) as Partial<Record<string, unknown>>;
    return new Problem(
      typeof code === 'string' ? code : `status-${status}`,
      status,
      typeof detail === 'string' ? detail : undefined,
      typeof retryAfterSeconds === 'number' ? retryAfterSeconds : undefined,
    );
  }
}
