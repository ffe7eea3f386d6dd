import { Readable } from 'node:stream';
import { shanghaiMinute } from '#lib/calendar.ts';
import { readAnswer } from '#lib/backend/answer.ts';
import { archiveOf } from '../../../commands/archive.server.ts';
import { refuse, requireMember } from '../../guard.ts';
import type { RequestHandler } from './$types';

/**
 * Everything in one file, from the running server: what `npm run backup` makes when it stands still. Only for who
 * administers everything (the database decides and notes it). Nothing but the audit log changes.
 */
export const GET: RequestHandler = async (event) => {
	requireMember(event, 'administrator');
	const { backend, client } = event.locals;
	if (backend.kind === 'remote') refuse({ code: 'backup.remote' });
	const noted = readAnswer(await client.rpc('note_backup'));
	if (!noted.ok) refuse(noted.problem);
	const now = new Date();
	const name = `mingcha-${shanghaiMinute(now).replaceAll(/[^0-9]/g, '')}.tar`;
	return new Response(Readable.toWeb(Readable.from(archiveOf(backend, now))) as ReadableStream, {
		headers: {
			'content-type': 'application/x-tar',
			'content-disposition': `attachment; filename="${name}"`,
			'cache-control': 'no-store'
		}
	});
};
