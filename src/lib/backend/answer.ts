import { isProblemCode, type Result } from '#lib/problem.ts';

/** What supabase-js resolves to. */
export interface Answer {
	data: unknown;
	error: { code?: string; message: string } | null;
	status?: number;
}

/**
 * The answer of an RPC that returns `{ok, value}` or `{ok: false, problem}`. Refusals of the database itself
 * become problems too: no right to call it, a token that is no longer valid.
 * @throws when the call failed in a way that nobody expects, with the database's code.
 */
export function readAnswer<Value>(answer: Answer): Result<Value> {
	if (answer.error) return readRefusal(answer);
	const { data } = answer;
	if (isResult<Value>(data)) return data;
	throw new TypeError(
		`answer: got ${JSON.stringify(data)?.slice(0, 80)}, expected {ok, value} or {ok, problem}`
	);
}

/** The answer of an RPC or a query that returns plain data. */
export function readValue<Value>(answer: Answer): Result<Value> {
	return answer.error ? readRefusal(answer) : { ok: true, value: answer.data as Value };
}

/** As `readValue`, where no refusal is expected: the rows are filtered by who is asking, never refused. */
export function expectValue<Value>(answer: Answer): Value {
	if (answer.error) throw unexpected(answer);
	return answer.data as Value;
}

function readRefusal(answer: Answer): {
	ok: false;
	problem: { code: 'permission.denied' | 'session.expired' | 'backend.unavailable' };
} {
	const code = answer.error?.code ?? '';
	// PGRST301/302/303: the token is not, or no longer, valid.
	if (/^PGRST30[1-3]$/.test(code) || answer.status === 401) return refusal('session.expired');
	if (code === '42501') return refusal('permission.denied');
	// No answer at all, or one from a gateway in front of a database that is down.
	if (answer.status === 0 || answer.status === 502 || answer.status === 503)
		return refusal('backend.unavailable');
	throw unexpected(answer);
}

const refusal = <Code extends 'permission.denied' | 'session.expired' | 'backend.unavailable'>(code: Code) =>
	({ ok: false, problem: { code } }) as const;

const unexpected = ({ error, status }: Answer): Error =>
	new Error(`answer: got ${error?.code ?? status}: ${error?.message}, expected data`);

function isResult<Value>(data: unknown): data is Result<Value> {
	if (typeof data !== 'object' || data === null || !('ok' in data)) return false;
	if (data.ok === true) return 'value' in data;
	const problem = (data as { problem?: { code?: unknown } }).problem;
	return data.ok === false && typeof problem?.code === 'string' && isProblemCode(problem.code);
}
