import { fail, type RequestEvent } from '@sveltejs/kit';
import { areaFields } from '#lib/area/areaLevel.ts';
import { importAreas } from '#lib/area/importAreas.server.ts';
import type { ImportMode, ImportReport } from '#lib/area/importVerdict.ts';
import { expectValue } from '#lib/backend/answer.ts';
import { shanghaiDate } from '#lib/calendar.ts';
import { enterpriseFields } from '#lib/enterprise/register/importFields.ts';
import { importEnterprises } from '#lib/enterprise/register/importEnterprises.server.ts';
import { problemStatus, type Problem, type Result } from '#lib/problem.ts';
import { requireMember } from '../../guard.ts';
import {
	areaImport,
	enterpriseImport,
	readChosenColumns,
	readEntered,
	shown,
	type Entered
} from './importForm.server.ts';
import { importKinds } from './importKind.ts';
import { keepUpload, readUpload, type Upload } from './uploads.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	requireMember(event, 'administrator');
	const { locals, url } = event;
	const { client, locale } = locals;
	const [types, waiting] = await Promise.all([
		client.from('site_types').select('code, name_zh, name_en').order('position'),
		client.from('enterprises').select('id', { count: 'exact', head: true }).is('area_id', null)
	]);
	return {
		kind: importKinds.find((kind) => kind === url.searchParams.get('kind')) ?? 'enterprises',
		siteTypes: expectValue<{ code: string; name_zh: string; name_en: string }[]>(types).map((type) => ({
			value: type.code,
			label: locale === 'en' ? type.name_en : type.name_zh
		})),
		waiting: waiting.count ?? 0,
		today: shanghaiDate(new Date())
	};
};

export const actions: Actions = {
	check: (event) => attempt(event, () => 'dry_run'),
	load: (event) => attempt(event, (form) => (form.get('skipBad') === 'on' ? 'skip_bad' : 'all_or_nothing'))
};

async function attempt(event: RequestEvent, modeOf: (form: FormData) => ImportMode) {
	const { session } = requireMember(event, 'administrator');
	const form = await event.request.formData();
	const upload = await uploadOf(form, session.userId);
	const entered = readEntered(form);
	const kept = upload.ok ? { id: upload.value.id, names: upload.value.files.map(({ name }) => name) } : null;
	const refuse = (problem: Problem) =>
		fail(problemStatus[problem.code], { problem, upload: kept, entered: entered.ok ? entered.value : null });
	if (!upload.ok) return refuse(upload.problem);
	if (!entered.ok) return refuse(entered.problem);
	const report = await run(event, form, entered.value, upload.value, modeOf(form));
	if (!report.ok) return refuse(report.problem);
	return { report: shown(report.value), upload: kept, entered: entered.value };
}

/** New files, or those of the check before. */
async function uploadOf(form: FormData, userId: string): Promise<Result<Upload>> {
	const sent = form.getAll('files').filter((file): file is File => file instanceof File && file.size > 0);
	const id = form.get('upload');
	if (sent.length > 0) return keepUpload(userId, sent);
	if (typeof id === 'string' && id !== '') return readUpload(userId, id);
	return { ok: false, problem: { code: 'import.empty', path: 'files' } };
}

async function run(
	{ locals }: RequestEvent,
	form: FormData,
	entered: Entered,
	{ files }: Upload,
	mode: ImportMode
): Promise<Result<ImportReport>> {
	if (entered.kind === 'enterprises')
		return importEnterprises(
			locals.client,
			files,
			enterpriseImport(entered, mode, readChosenColumns(form, enterpriseFields))
		);
	const mapping = readChosenColumns(form, areaFields);
	const options = areaImport(entered, mode, mapping, shanghaiDate(new Date()), files[0]!.name);
	return importAreas(locals.client, files, options);
}
