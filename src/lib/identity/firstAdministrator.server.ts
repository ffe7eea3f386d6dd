import { readAnswer } from '#lib/backend/answer.ts';
import type { Backend } from '#lib/backend/backend.server.ts';
import { hashInvitationToken, invitationPath, newInvitationToken } from './invitationToken.server.ts';

/**
 * While nobody administers this place, makes a link with which the first administrator comes in, and prints it.
 * Each start makes a new one and the earlier ones are void, so a link lost from a screen costs a restart only.
 * A demo makes its accounts itself and gets none.
 */
export async function inviteFirstAdministrator(
	backend: Backend,
	environment: NodeJS.ProcessEnv,
	print: (line: string) => void = (line) => process.stdout.write(line + '\n')
): Promise<void> {
	if (backend.folder.kind() === 'demo') return;
	const token = newInvitationToken();
	const answer = readAnswer<{ needed: boolean }>(
		await backend
			.asService('start-up')
			.rpc('bootstrap_administrator', { p_token_sha256: hashInvitationToken(token) })
	);
	if (!answer.ok) throw new Error(`bootstrap_administrator: got ${answer.problem.code}, expected ok`);
	if (!answer.value.needed) return;
	const base = environment.PUBLIC_URL ?? environment.ORIGIN ?? 'http://127.0.0.1:5173';
	const link = new URL(invitationPath(token), base).href;
	print(
		`\n还没有管理员。请用这个一次性链接（7 天内有效）设置第一位管理员：\nNo administrator yet. This one-time link, valid 7 days, makes the first one:\n  ${link}\n`
	);
}
