const REQUEST_TIMEOUT_MS = 15_000;

/** An answer of the server; what cannot be reached throws. */
export interface Reply<T> {
  readonly status: number;
  readonly ok: boolean;
  readonly body: T & { readonly error?: { readonly code: string; readonly message: string } };
  /** How long the server asks to wait, in milliseconds. */
  readonly waitMs: number;
}

/** One call to our own server. */
export async function call<T>(
  path: string,
  options: { method?: string; body?: unknown; token?: string | undefined } = {},
): Promise<Reply<T>> {
  const headers: Record<string, string> = {};
  if (options.token !== undefined) headers['authorization'] = `Bearer ${options.token}`;
  if (options.body !== undefined) headers['content-type'] = 'application/json';
  const response = await fetch(path, {
    method: options.method ?? 'GET',
    headers,
    signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
  });
  const body = (await response.json().catch(() => ({}))) as Reply<T>['body'];
  return { status: response.status, ok: response.ok, body, waitMs: Number(response.headers.get('retry-after') ?? 0) * 1000 };
}
