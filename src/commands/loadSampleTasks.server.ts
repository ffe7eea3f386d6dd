import { createHash } from 'node:crypto';
import type { EmbeddedBackend } from '#lib/backend/backend.server.ts';
import type { IsoDate } from '#lib/calendar.ts';
import { taskToken } from '#lib/plan/task/taskToken.server.ts';

/** Of the loaded history only the last months: before, there were no codes. */
const sampleDays = 150;

/** What a few of those who were checked wrote; most write nothing. 示例. */
const comments: Record<number, string[]> = {
	5: ['讲得很清楚，知道怎么改。', '检查人员很有耐心，谢谢。'],
	4: ['希望提前半小时打个电话。'],
	3: ['检查时间正好是饭点，影响营业。'],
	2: ['没有看到证件，问了才说。'],
	1: ['没有按清单检查，直接让签名。']
};

interface SampleRating {
	overall: number;
	showedCertificate: boolean;
	followedChecklist: boolean;
	conductedProperly: boolean;
	comment: string | null;
}

/** The same check gets the same rating in every sample street: its id decides. null: nobody rated it. */
function sampleRating(inspectionId: string): SampleRating | null {
	const [whether, overall, words, question] = createHash('sha256').update(inspectionId).digest();
	if (whether! % 100 >= 34) return null;
	const points = overall! < 4 ? 1 : overall! < 12 ? 2 : overall! < 36 ? 3 : overall! < 110 ? 4 : 5;
	const choice = comments[points]!;
	return {
		overall: points,
		showedCertificate: points > 2 || (points === 1 && question! % 2 === 0),
		followedChecklist: points > 1,
		conductedProperly: true,
		comment: points <= 2 ? choice[0]! : words! % 5 === 0 ? choice[words! % choice.length]! : null
	};
}

/**
 * Codes for the checks of the last months, as if they had been shown, and ratings of a third of them. The doors that
 * people use take no code for what is sealed, so the rows are put in beside them, as memberships are.
 */
export async function loadSampleTasks(
	{ sql, keys }: EmbeddedBackend,
	{ until }: { until: IsoDate }
): Promise<void> {
	const checks = await sql<{ id: string; is_checked: boolean }>(
		`select id, outcome = 'checked' as is_checked from public.inspections where inspected_on > $1::date - ${sampleDays} order by id`,
		[until]
	);
	const rows = checks.map(({ id, is_checked }) => ({
		id,
		token_sha256: createHash('sha256').update(taskToken(keys.deliverySecret, id)).digest('hex'),
		rating: is_checked ? sampleRating(id) : null
	}));
	await sql(
		`insert into public.check_tasks (id, scope, enterprise_id, agency_id, kind, task_source, opened_by, companion_id, officers, checklists,
			track, nth_of_year, opened_at, stated_at, token_sha256)
		select i.id, i.scope, i.enterprise_id, i.agency_id, i.kind, c.body->>'taskSource', i.inspector_id, i.companion_id,
			(select jsonb_agg(app.task_officer(m) order by m.user_id = i.inspector_id desc) from public.memberships m
				where m.user_id in (i.inspector_id, i.companion_id) and m.role in ('inspector', 'community_worker') and i.scope <@ app.below(m.scope)),
			(select coalesce(jsonb_agg(jsonb_build_object('id', v.id, 'name', l.name_zh, 'version', v.version, 'isSample', v.is_sample) order by l.kind, l.code), '[]')
				from public.checklist_versions v join public.checklists l on l.id = v.checklist_id where to_jsonb(v.id::text) <@ (c.body->'checklistVersionIds')),
			i.track, i.nth_of_year, i.checked_in_at - interval '5 minutes', i.checked_in_at - interval '5 minutes', x.token_sha256
		from jsonb_to_recordset($1::jsonb) as x(id uuid, token_sha256 text)
		join public.inspections i on i.id = x.id join public.records r on r.subject_id = i.id
		cross join lateral (select r.canonical_text::jsonb->'content') c(body)`,
		[JSON.stringify(rows)]
	);
	await sql(
		`insert into public.check_ratings (task_id, scope, enterprise_id, inspection_id, officer_ids, overall, showed_certificate, followed_checklist,
			conducted_properly, comment, rated_on)
		select i.id, i.scope, i.enterprise_id, i.id, array_remove(array[i.inspector_id, i.companion_id], null), (x.rating->>'overall')::int,
			(x.rating->>'showedCertificate')::boolean, (x.rating->>'followedChecklist')::boolean, (x.rating->>'conductedProperly')::boolean,
			x.rating->>'comment', least(i.inspected_on + 1, $2::date)
		from jsonb_to_recordset($1::jsonb) as x(id uuid, rating jsonb) join public.inspections i on i.id = x.id
		where jsonb_typeof(x.rating) = 'object'`,
		[JSON.stringify(rows), until]
	);
}
