import { expect, test } from 'vitest';
import { withoutTokens } from '#lib/backend/log.server.ts';

test('the address of an enterprise’s page never stands in the log, wherever a line carries it', () => {
	const token = 'AbC_dEf-GhIjKlMnOpQrStUvWxY';
	const line = JSON.stringify({
		msg: `Not found: /o/${token}`,
		err: {
			message: `fetch https://example.cn/o/${token}.pdf?document=1`,
			stack: `at /o/${token}/evidence/ab`
		}
	});
	expect(withoutTokens(line)).not.toContain(token);
	expect(withoutTokens(line)).toContain('https://example.cn/o/[cut].pdf?document=1');
	expect(withoutTokens('{"route":"/o/[token=token]"}')).toBe('{"route":"/o/[token=token]"}');
});
