import { readAnswer } from '#lib/backend/answer.ts';
import type { Backend } from '#lib/backend/backend.server.ts';
import { tokenSha256 } from '#lib/document/deliveryTokens.server.ts';
import { parseMajorStep } from '#lib/hazard/major/major.server.ts';
import type { Major } from '#lib/hazard/major/major.ts';
import { failure, success, type Result } from '#lib/problem.ts';
import { unlocked } from './delivery.server.ts';

const ask = (backend: Backend) => backend.asService('qr pages');

interface Opened {
	token: string;
	hazardId: string;
	proof?: string;
}

/** The life of a 重大 hazard of this page, for the enterprise. @returns `not_found` for a hazard of another page. */
export async function readDeliveredMajor(
	backend: Backend,
	{ token, hazardId, proof }: Opened
): Promise<Result<{ major: Major; enterpriseName: string }>> {
	const opened = await unlocked(backend, token, proof);
	if (!opened.ok) return opened;
	const answer = readAnswer<Major>(
		await ask(backend).rpc('read_delivered_major', { p_token_sha256: tokenSha256(token), p_hazard: hazardId })
	);
	return answer.ok ? success({ major: answer.value, enterpriseName: opened.value.enterprise.name }) : answer;
}

/**
 * 治理方案 or the application to resume, by the delivered code.
 * @returns what `takeMajorStep` returns; `not_found` for a hazard of another page.
 */
export async function fileMajorStep(
	backend: Backend,
	{ token, hazardId, proof }: Opened,
	{ name, ...said }: Record<string, unknown> & { name: string }
): Promise<Result<{ number: number }>> {
	const opened = await unlocked(backend, token, proof);
	if (!opened.ok) return opened;
	if (name.trim() === '' || name.trim().length > 50) return failure('request.invalid', {}, 'name');
	const step = parseMajorStep(said);
	if (!step.ok) return step;
	return readAnswer(
		await ask(backend).rpc('file_major_step', {
			p_token_sha256: tokenSha256(token),
			p_hazard: hazardId,
			p_step: { ...step.value, name: name.trim() }
		})
	);
}
